# A todo, a reminder at its due, and one a day and an hour before. Clients may choose ids.
curl -X POST $API/todos -d '{"id": "01990000-0000-7000-8000-00000000001a", "title": "Catch the train", "due": {"datetime": "2199-03-29T09:00:00", "timezone": "Europe/Berlin"}}'
curl -X POST $API/todos/01990000-0000-7000-8000-00000000001a/reminders -d '{"id": "01990000-0000-7000-8000-00000000001b"}'
curl -X POST $API/todos/01990000-0000-7000-8000-00000000001a/reminders -d '{"relative_to": "due", "minutes_before": 1500}'

# One at a time of its own: in your zone, or in the one that is named.
curl -X POST $API/todos/01990000-0000-7000-8000-00000000001a/reminders -d '{"at": {"datetime": "2199-03-28T18:00:00"}}'

# What is to come, the next one first, until a moment; and all of one todo.
curl "$API/reminders?due.lt=2199-04-01T00:00:00Z&limit=10"
curl $API/todos/01990000-0000-7000-8000-00000000001a/reminders

# Later; not at all; and at another time after all.
curl -X POST $API/todos/01990000-0000-7000-8000-00000000001a/reminders/01990000-0000-7000-8000-00000000001b/snooze -d '{"until": "2199-03-29T08:00:00Z"}'
curl -X POST $API/todos/01990000-0000-7000-8000-00000000001a/reminders/01990000-0000-7000-8000-00000000001b/dismiss
curl -X PATCH $API/todos/01990000-0000-7000-8000-00000000001a/reminders/01990000-0000-7000-8000-00000000001b -d '{"minutes_before": 30}'

curl -X DELETE $API/todos/01990000-0000-7000-8000-00000000001a/reminders/01990000-0000-7000-8000-00000000001b
