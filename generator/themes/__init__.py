"""The look: whose theme counts, style sheets, scripts, colours, and where templates run."""
