curl "$API/todos?status=completed&sort=-completed_at"
