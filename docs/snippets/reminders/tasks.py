import os

from taskiq import TaskiqScheduler
from taskiq.schedule_sources import LabelScheduleSource
from taskiq_redis import ListQueueBroker

from fastapi_todo_kit import Host, TodoKitSettings
from fastapi_todo_kit.worker.taskiq import add_todo_tasks

broker = ListQueueBroker(os.environ.get("REDIS_URL", "redis://localhost:6379/0"))
tasks = add_todo_tasks(broker, TodoKitSettings(), Host())  # your host, with its notifier
scheduler = TaskiqScheduler(broker, [LabelScheduleSource(broker)])
