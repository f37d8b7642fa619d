"""What is read and written."""

from rest_framework import serializers

from benchmarks.peers.drf.models import Label, Todo


class LabelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Label
        fields = ("id", "name")


class TodoSerializer(serializers.ModelSerializer):
    labels = LabelSerializer(many=True, read_only=True)

    class Meta:
        model = Todo
        exclude = ("user_id",)
        read_only_fields = (
            "id",
            "completed_at",
            "completed_by",
            "created_at",
            "created_by",
            "updated_at",
            "version",
            "deleted_at",
        )
