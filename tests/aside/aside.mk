# aside.mk - checks that run in a thread of their own, in a host that a sanitizer can watch whole.

aside_lua  := $(lastword $(lua_tags))
aside_host := $(BUILD)/tests/aside-host
aside_wrap := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=pthread_create

$(aside_host): tests/aside/host.c $(BUILD)/object/$(aside_lua).o $(core)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) $(shell $(PKG) --cflags $($(aside_lua)_package)) -DPK_LUA_TAG=$(aside_lua) -MF /dev/null \
	    $(aside_wrap) -o $@ $^ $(LINK) $(shell $(PKG) --libs $($(aside_lua)_package)) -lm

.PHONY: test-aside
test-aside: $(if $(filter Darwin,$(shell uname -s)),,$(aside_host)) ## checks in a thread: buffers wiped, memory gone, the editor left meanwhile
ifeq ($(shell uname -s),Darwin)
	@echo '0 passed, 0 failed, 1 skipped: its linker knows no --wrap'
else
	@timeout 300 $(aside_host) tests/aside/aside.lua all
	@timeout 60 $(aside_host) tests/aside/aside.lua close
	@TSAN_OPTIONS="$$TSAN_OPTIONS report_thread_leaks=0" timeout 60 $(aside_host) tests/aside/aside.lua leave
	@echo 'aside: 2 passed, 0 failed'
endif
