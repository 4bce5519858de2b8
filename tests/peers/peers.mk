# peers.mk - exports and findings, read by the programs they are for. Heavy, so not a part of `make test`.

.PHONY: test-peers
test-peers: ## exports read by Taskwarrior, Emacs, Python, todo.txt, a CalDAV server, pandoc; mails by Python, neomutt and msmtp; an archive over two hosts by GNU parallel; findings by ALE, efm, SARIF's schema
	@.ci/deps install test peers
	@$(MAKE) -s -j2 all
	@BUILD=$(BUILD) tests/run peers
