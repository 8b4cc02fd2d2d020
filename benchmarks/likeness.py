"""How like its original an encoded picture is: SSIM for structure, PSNR over all three colours for the rest.

SSIM follows Wang, Bovik, Sheikh and Simoncelli (2004): luma, a Gaussian window of 11 pixels with a deviation of 1.5,
only where the window lies within the picture. It does not see colours; PSNR does.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

_TAPS = 11
_DEVIATION = 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


class Original:
    """A picture that others are compared with; what they share is worked out once."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image.convert("RGB")
        self._luma = _luma(self.image)
        self._mean = _blurred(self._luma)
        self._variance = _blurred(self._luma**2) - self._mean**2

    def ssim(self, other: Image.Image) -> float:
        """The mean structural similarity of ``other``, 1 for the same picture."""
        luma = _luma(other)
        mean = _blurred(luma)
        variance = _blurred(luma**2) - mean**2
        both = _blurred(luma * self._luma) - mean * self._mean
        above = (2 * mean * self._mean + _C1) * (2 * both + _C2)
        below = (mean**2 + self._mean**2 + _C1) * (variance + self._variance + _C2)
        return float((above / below).mean(dtype=np.float64))

    def psnr(self, other: Image.Image) -> float:
        """The peak signal-to-noise ratio of ``other`` over red, green and blue in dB; 99 for the same picture."""
        one, two = (np.asarray(each.convert("RGB"), dtype=np.float32) for each in (self.image, other))
        error = float(((one - two) ** 2).mean(dtype=np.float64))
        return min(99.0, 10 * np.log10(255**2 / error)) if error else 99.0


def reference(image: Image.Image, width: int) -> Image.Image:
    """``image`` scaled down to ``width`` as exactly as Pillow can: one step of Lanczos with three lobes."""
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _luma(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB").convert("L"), dtype=np.float32)  # ITU-R BT.601, as JPEG and WebP have it


def _blurred(field: np.ndarray) -> np.ndarray:
    at = np.arange(_TAPS) - _TAPS // 2
    weights = np.exp(-(at**2) / (2 * _DEVIATION**2))
    weights = (weights / weights.sum()).astype(np.float32)
    for _ in range(2):  # down, and after turning it, across
        size = field.shape[0] - _TAPS + 1
        total = field[:size] * weights[0]
        for number in range(1, _TAPS):
            total += field[number : number + size] * weights[number]
        field = total.T
    return field
