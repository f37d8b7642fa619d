"""The tables."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class Label(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    user_id = models.UUIDField()
    name = models.TextField()

    class Meta:
        db_table = "label"
        managed = False


class Todo(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    user_id = models.UUIDField()
    list_id = models.UUIDField(null=True, default=None)
    parent_id = models.UUIDField(null=True, default=None)
    title = models.CharField(max_length=500)
    description = models.TextField(null=True, default=None)
    status = models.TextField(default="open")
    priority = models.IntegerField(default=0)
    start = models.DateTimeField(null=True, default=None)
    due = models.DateTimeField(null=True, default=None)
    deadline = models.DateField(null=True, default=None)
    position = models.FloatField(default=0)
    links = models.JSONField(default=list)
    extra = models.JSONField(default=dict)
    completed_at = models.DateTimeField(null=True, default=None)
    completed_by = models.UUIDField(null=True, default=None)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.UUIDField(null=True, default=None)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.IntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, default=None)
    labels = models.ManyToManyField(Label, db_table="todolabellink")

    class Meta:
        db_table = "todo"
        managed = False
