"""YAML: values with places, strict; faults mended so that reading goes on."""
