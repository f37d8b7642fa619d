"""The routes."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from benchmarks.peers.drf.views import TodoViewSet

router = DefaultRouter(trailing_slash=False)
router.register("todos", TodoViewSet, basename="todo")
urlpatterns = [path("", include(router.urls))]
