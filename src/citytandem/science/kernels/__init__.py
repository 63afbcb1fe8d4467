"""How can the same arithmetic be done for every city at once? Exact array routines, compiled where it pays.

Each routine has one public function, a plain NumPy form, and a compiled form that is loaded only
when the work is large and the extra ``bulk`` is installed. Both forms give the same answer; the
tests hold them to it. Arrays in, arrays out: which city a row is stays with the caller.
"""
