"""How the operations on labels are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Filter, Thing

EXAMPLES: Final = Examples(
    bodies={
        "create_label": [{"name": "label {unique}"}],
        "update_label": [{"name": "label {unique}", "color": "#d97706"}],
        "merge_label": [{"into": "{other_label}"}],
    },
    things={"label": Thing("create_label"), "other_label": Thing("create_label")},
    filters={
        "label": Filter("label"),
        "label.all": Filter("label"),
        "label.not": Filter("label", leaves_out=True),
    },
)
