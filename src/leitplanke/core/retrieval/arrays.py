"""Arrays on disk, mapped into memory when read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def save_array(path: Path, array: NDArray[Any]) -> None:
    """Write an array; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, array)


def load_array(path: Path, *, writable: bool = False) -> NDArray[Any]:
    """Map an array into memory; an empty one, which cannot be mapped, is read."""
    mode: Literal["r", "r+"] = "r+" if writable else "r"
    if _is_empty(path):
        return np.asarray(np.load(path))
    return np.asarray(np.load(path, mmap_mode=mode))  # a plain array over the mapped file: quicker to slice


def _is_empty(path: Path) -> bool:
    with path.open("rb") as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, _ = read(file)
    return 0 in shape


def new_array(path: Path, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
    """Create a zeroed array on disk and map it for writing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if 0 in shape:
        np.save(path, np.zeros(shape, dtype))
        return np.zeros(shape, dtype)
    array: NDArray[Any] = np.lib.format.open_memmap(path, mode="w+", dtype=dtype, shape=shape)
    return array
