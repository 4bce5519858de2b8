# parse.mk - the block parser held against cmark and the examples of CommonMark.

$(BUILD)/tests/dump: tests/parse/dump.c $(core)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -MF $@.d -MT $@ -o $@ $< $(core) $(LINK)

-include $(BUILD)/tests/dump.d

.PHONY: test-parse
test-parse: $(BUILD)/tests/dump ## blocks as cmark sees them
	@BUILD=$(BUILD) tests/parse/compare.lua
