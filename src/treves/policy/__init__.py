"""What options do: a small protocol for models, dated and cited parameters, and a model of the asylum chain."""
