"""The operations."""

from typing import Any

from django.utils import timezone
from rest_framework import viewsets

from benchmarks.peers.drf.models import Todo
from benchmarks.peers.drf.serializers import TodoSerializer


class TodoViewSet(viewsets.ModelViewSet):
    serializer_class = TodoSerializer

    def get_queryset(self) -> Any:
        todos = Todo.objects.filter(user_id=self.request.user.id, deleted_at=None)
        return todos.order_by("created_at", "id").prefetch_related("labels")

    def perform_create(self, serializer: Any) -> None:
        serializer.save(user_id=self.request.user.id, created_by=self.request.user.id)

    def perform_update(self, serializer: Any) -> None:
        serializer.save(version=serializer.instance.version + 1, updated_at=timezone.now())
