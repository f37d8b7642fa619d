curl "$API/todos/01990000-0000-7000-8000-0000000000aa/upcoming?limit=2"
