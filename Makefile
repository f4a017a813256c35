# Thin calls: what is done stands in scripts/.
.PHONY: demo test bench

demo:
	scripts/demo

test:
	scripts/check

bench:
	scripts/bench
