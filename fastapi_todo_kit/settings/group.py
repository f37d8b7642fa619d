"""What every group of settings is."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Group(BaseModel):
    """Plain values that belong together, frozen."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
