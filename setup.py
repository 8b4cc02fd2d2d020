"""What `pyproject.toml` cannot say: packages are found, and folders of the repository lie inside the package once it is
installed. See decision 036."""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

INSIDE = {"generator.theme": "theme", "generator.schemas": "docs/schema", "generator.guides": "docs"}


class BuildPy(build_py):
    """Takes no code from those folders: the tools of ``docs/`` are not part of the program."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        return [] if package in INSIDE else super().find_package_modules(package, package_dir)


setup(
    packages=[*find_packages(include=["generator", "generator.*"]), *INSIDE],
    package_dir=INSIDE,
    cmdclass={"build_py": BuildPy},
)
