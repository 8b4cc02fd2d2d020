"""Templates that never end, and rendering one."""

from __future__ import annotations

from generator.themes.sandbox import Sandbox

# Each would fill the memory or never end.
ENDLESS = (
    "{% for i in range(10**9) %}{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(0, -10**9, -1) %}{% endfor %}",
    '{{ "x" * 10**9 }}',
    '{{ 10**9 * "x" }}',
    "{{ [0] * 10**9 }}",
    "{{ 9**9**9 }}",
    "{{ 10**64 * 10**64 }}",
    '{{ "%999999999d" % 1 }}',
    '{{ "%*d" % (999999999, 1) }}',
    '{{ "%.999999999f" % 1 }}',
    '{{ "%999999999d"|format(1) }}',
    '{{ "x"|center(10**9) }}',
    '{{ "x".center(10**9) }}',
    '{{ "x".ljust(width) }}',
    '{{ "x".zfill(width) }}',
    '{{ "\t".expandtabs(width) }}',
    '{{ "a\nb"|indent(10**9) }}',
    '{{ [1]|batch(10**9, "x")|list }}',
    '{{ [1]|slice(10**9)|list }}',
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x|replace('x', ns.x) %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x.replace('x', ns.x) %}{% endfor %}",
    "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(60) %}{% set ns.x = ns.x.join([ns.x, ns.x]) %}{% endfor %}",
    "{% set ns = namespace(x=[0]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
    "{% macro m(n) %}{% if n %}{% set a = m(n - 1) %}{% set b = m(n - 1) %}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% for x in [[]] recursive %}{{ loop([[]]) }}{% endfor %}",
)


def rendered(env: Sandbox, template: str) -> str:
    env.begin()
    return env.from_string(template).render(page_address="", width=10**9)
