# faults.mk - no memory, at each place where some is asked for: faults.c in the core, each piece by
# itself; faults_spec.lua on the command line; lua.c in the Lua module.

faults_memory := $(BUILD)/object/tests/faults/memory.o

# Arenas that ask for nearly each piece by itself; the core's own then stays in its library.
$(BUILD)/tests/arena.o: csrc/text/arena.c csrc/text/text.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -include tests/faults/chunk.h -MF /dev/null -c -o $@ $<

$(BUILD)/tests/faults: tests/faults/faults.c $(faults_memory) $(BUILD)/tests/arena.o $(core)
	$(call say,CC)
	$(Q)$(COMPILE) -MF /dev/null -o $@ $^ $(LINK) -ldl

$(BUILD)/tests/protokol-failing: $(call object,$(cli_sources)) $(faults_memory) $(core)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(SANITIZER) $(OPTIMISE) -o $@ $^ $(LINK) -ldl

# The newest Lua there is; the module is the one that the plugin loads.
faults_lua := $(lastword $(lua_tags))

$(BUILD)/tests/faults-lua: tests/faults/lua.c $(faults_memory)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) $(shell $(PKG) --cflags $($(faults_lua)_package)) -MF /dev/null -o $@ $^ \
	    $(shell $(PKG) --libs $($(faults_lua)_package)) -ldl -lm -Wl,-E

.PHONY: test-faults
test-faults: $(BUILD)/tests/faults $(BUILD)/tests/protokol-failing $(BUILD)/tests/faults-lua $(lua_modules)
	@timeout 120 $(BUILD)/tests/faults all
	@timeout 120 $(BUILD)/tests/faults-lua $(tree)/lua/protokol/core_$(faults_lua).so \
	    luaopen_protokol_core_$(faults_lua) tests/faults/face.lua
	@BUILD=$(BUILD) lua5.4 $$(command -v busted) --output=plainTerminal --lpath='./?.lua' tests/faults
