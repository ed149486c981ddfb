"""Validates Bot API requests and updates against a schema that others keep (see README.md here).

Raises `jsonschema.ValidationError`. Forms carry strings only: before validation they become the
JSON types that the schema asks for, as the server reads them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError

HERE = Path(__file__).parent
NO_PARAMETERS = {
    name: f"{name}Params"
    for name in ("GetMe", "GetWebhookInfo", "LogOut", "Close", "GetForumTopicIconStickers")
}


def validate_request(method: str, params: dict[str, Any]) -> None:
    """Check the parameters of one call; `method` as in the documentation, `sendMessage`."""
    name = f"{method[0].upper()}{method[1:]}"
    if name in NO_PARAMETERS:
        if params:
            raise ValidationError(f"{method} takes no parameters, got {sorted(params)}")
        return
    validator = _validator("params", f"{name}Params")
    validator.validate(_coerced(f"{name}Params", params))


def validate_update(update: dict[str, Any]) -> None:
    validate_object("Update", update)


def validate_object(name: str, value: dict[str, Any]) -> None:
    """Check any object of the Bot API: `validate_object("Message", answer)`."""
    _validator("objects", f"Telegram{name}").validate(value)


@cache
def _definitions(part: str) -> dict[str, Any]:
    definitions: dict[str, Any] = json.loads(
        (HERE / f"telegram-{part}.schema.json").read_text("utf-8")
    )["definitions"]
    return definitions


@cache
def _validator(part: str, name: str) -> Draft7Validator:
    definitions = _definitions(part)
    if name not in definitions:
        raise ValidationError(f"the Bot API knows no {name}")
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})


def _coerced(name: str, params: dict[str, Any]) -> dict[str, Any]:
    texts = _text_parameters(name)
    return {key: value if key in texts else _read(value) for key, value in params.items()}


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


@cache
def _text_parameters(name: str) -> frozenset[str]:
    """Name the parameters that are text, and nothing but text, in the schema."""
    properties = _definitions("params")[name].get("properties", {})
    return frozenset(key for key, schema in properties.items() if _is_text(schema))


def _is_text(schema: dict[str, Any]) -> bool:
    if "anyOf" in schema:
        return any(_is_text(option) for option in schema["anyOf"])
    return schema.get("type") == "string"
