"""What the fields of records are called in either language. The Chinese names stand in the models, where clerks' editors
and the checker find them; the English ones in ``generator/messages/fields``."""

from __future__ import annotations

from generator.messages import Language, field_words
from generator.schema.fields import Part


def title_of(model: type[Part], name: str, language: Language) -> str:
    """What a field of ``model`` is called."""
    return model.model_fields[name].title or name if language == "zh" else _english(model, name)[0]


def about_of(model: type[Part], name: str, language: Language) -> str:
    """What stands in a field of ``model``."""
    return model.model_fields[name].description or "" if language == "zh" else _english(model, name)[1]


def _english(model: type[Part], name: str) -> tuple[str, str]:
    """The wording of the class nearest to ``model`` that has one."""
    found = (field_words(f"{each.__name__}.{name}") for each in model.__mro__)
    return next((each for each in found if each), (name, ""))
