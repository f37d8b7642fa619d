import secrets

from tortoise import fields
from tortoise.models import Model


def new_token() -> str:
    return secrets.token_hex(16)


class Gardener(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=50, unique=True)
    token = fields.CharField(max_length=32, default=new_token, db_index=True)


class Plant(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=50)
    gardener: fields.ForeignKeyRelation[Gardener] = fields.ForeignKeyField("models.Gardener", related_name="plants")
