"""The verbs of labels.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.labels.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Labels(Verbs):
    """What can be done with labels."""

    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> LabelPage:
        """Return labels by name, without regard to case.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        return await self._run(Action.READ_LABEL, lambda work: LabelService(work).page(limit, cursor), spans=True)

    async def get(self, label_id: Id) -> LabelRead:
        """Return a label.

        Raises:
            LabelNotFound: there is none of this id in the space.
        """
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


class SyncLabels(SyncVerbs[Labels]):
    """The sync twin, which raises the same errors."""

    def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> LabelPage:
        """Return labels by name, without regard to case."""
        return self._drive(self._twin.page(limit, cursor))

    def get(self, label_id: Id) -> LabelRead:
        """Return a label."""
        return self._drive(self._twin.get(label_id))

    def create(self, new: LabelCreate) -> LabelRead:
        """Add a label; one of this id that is just so already is returned as it is."""
        return self._drive(self._twin.create(new))

    def update(self, label_id: Id, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is."""
        return self._drive(self._twin.update(label_id, changes, versions))

    def delete(self, label_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself."""
        return self._drive(self._twin.delete(label_id, versions))

    def merge(self, label_id: Id, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one."""
        return self._drive(self._twin.merge(label_id, target, versions))
