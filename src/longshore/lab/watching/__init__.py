"""How well the detectors of `longshore.surveillance` find those who do such things on purpose."""
