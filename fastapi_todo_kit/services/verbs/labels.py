"""The verbs of labels."""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.services.verbs.base import Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Labels(Verbs):
    """What can be done with labels."""

    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> LabelPage:
        """Return labels by name, without regard to case."""
        return await self._run(Action.READ_LABEL, lambda work: LabelService(work).page(limit, cursor))

    async def get(self, label_id: Id) -> LabelRead:
        """Return a label."""
        return await self._run(Action.READ_LABEL, lambda work: LabelService(work).get(label_id))

    async def create(self, new: LabelCreate) -> LabelRead:
        """Add a label; one of this id that is just so already is returned as it is.

        Raises:
            AlreadyExists: the id or, without regard to case, the name is taken.
            LimitReached: the space holds as many labels as it may.
        """
        return await self._run(Action.CREATE_LABEL, lambda work: LabelService(work).create(new))

    async def update(self, label_id: Id, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is.

        Raises:
            LabelNotFound, PreconditionFailed
            AlreadyExists: another label has the name; merge the two instead.
        """
        return await self._run(Action.UPDATE_LABEL, lambda work: LabelService(work).update(label_id, changes, versions))

    async def delete(self, label_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself.

        Raises:
            LabelNotFound, PreconditionFailed
        """
        return await self._run(Action.DELETE_LABEL, lambda work: LabelService(work).delete(label_id, versions))

    async def merge(self, label_id: Id, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one.

        Raises:
            LabelNotFound: either of the two.
            WrongReference: both are the same label.
            PreconditionFailed
        """
        return await self._run(Action.DELETE_LABEL, lambda work: LabelService(work).merge(label_id, target, versions))
