"""Models of collective decisions: what a group settles on, from positions, salience and capability.

Each model stands in its own module with its paper, its formula and its limits; :mod:`.models` lists them with their
parameters and answers all of them in the same form. They share one small array form, :class:`.arena.Arena`.
"""
