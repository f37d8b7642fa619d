curl -X POST "$API/todos/01990000-0000-7000-8000-0000000000aa/complete?occurrence=2026-07-31"
