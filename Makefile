# protokol: make builds, make demo shows, make test checks, make help lists the rest.
#
# Objects of the core are built once; only csrc/face/lua.c is built for each Lua
# whose headers are here, and never linked with a Lua: the host brings its own.

BUILD    ?= build
PREFIX   ?= /usr/local
SANITIZE ?=
CC       ?= cc
PKG      ?= pkg-config
OPTIMISE ?= -O2 -g

LIBRARIES := yaml-0.1 libpcre2-8 libutf8proc libmd
WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
STANDARD  := -std=c11 -D_POSIX_C_SOURCE=200809L -Icsrc
SANITIZER := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
COMPILE    = $(CC) -pthread $(STANDARD) $(WARNINGS) $(OPTIMISE) -fPIC -fvisibility=hidden -MMD -MP \
             $(SANITIZER) $(shell $(PKG) --cflags $(LIBRARIES)) $(CFLAGS)
LINK       = $(shell $(PKG) --libs $(LIBRARIES)) -lm -pthread $(ICONV) $(LDFLAGS)
ICONV     := $(if $(filter Darwin,$(shell uname -s)),-liconv) # elsewhere it is in the C library
comma     := ,
# The library is a table of many pointers: at a fixed place nobody has to set them at each start.
FIXED     := $(if $(SANITIZE)$(filter Darwin,$(shell uname -s)),,-no-pie)
NODELETE  := $(if $(SANITIZE),-Wl$(comma)-z$(comma)nodelete)

# -- What there is to build ----------------------------------------------------

core_sources := $(sort $(filter-out csrc/face/%,$(wildcard csrc/*/*.c csrc/*/*/*.c)))
cli_sources  := $(sort $(filter-out csrc/face/lua.c csrc/face/embed.c,$(wildcard csrc/face/*.c)))
rule_sources := $(sort $(wildcard csrc/lint/rules/*.c))
export_sources := csrc/write/export/text.c $(filter-out %/text.c,$(sort $(wildcard csrc/write/export/*.c)))
report_sources := csrc/write/report/text.c $(filter-out %/text.c,$(sort $(wildcard csrc/write/report/*.c)))
yaml_sources := $(sort $(wildcard csrc/profile/builtin/*.yaml csrc/profile/language/*.yaml))
object        = $(patsubst %.c,$(BUILD)/object/%.o,$(1))
core_objects := $(call object,$(core_sources)) $(BUILD)/object/rules.o $(BUILD)/object/formats.o $(BUILD)/object/reports.o \
                $(BUILD)/object/embedded.o

# Each Lua by the tag core.lua asks for, and the names its headers go by.
lua51_names := lua5.1 lua51 lua-5.1 luajit
lua52_names := lua5.2 lua52 lua-5.2
lua53_names := lua5.3 lua53 lua-5.3
lua54_names := lua5.4 lua54 lua-5.4
first_known  = $(shell for name in $(1); do $(PKG) --exists $$name 2>/dev/null && { echo $$name; break; }; done)
$(foreach tag,lua51 lua52 lua53 lua54,$(eval $(tag)_package := $(call first_known,$($(tag)_names))))
lua_tags    := $(foreach tag,lua51 lua52 lua53 lua54,$(if $($(tag)_package),$(tag)))

# The plugin's own tree gets the modules; a sanitized build keeps its own copy of it.
tree        := $(if $(filter build,$(BUILD)),.,$(BUILD)/tree)
lua_modules := $(lua_tags:%=$(tree)/lua/protokol/core_%.so)

.PHONY: all
all: $(BUILD)/protokol $(lua_modules) doc/tags

# What `:help protokol` is found by, if there is an editor to write it; else not a word.
doc/tags: doc/protokol.txt doc/protokol.rux
	@for editor in nvim vim; do \
	  command -v $$editor >/dev/null || continue; \
	  $$editor -es -u NONE -i NONE -c 'helptags doc' -c 'qall!' </dev/null >/dev/null 2>&1; \
	  break; \
	done; true

# -- Building -------------------------------------------------------------------

# Commands are shown in short; `make V=1` shows them whole.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)  $@')

core := $(BUILD)/libprotokol.a
$(core): $(core_objects)
	$(call say,AR)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/protokol: $(call object,$(cli_sources)) $(core)
	$(call say,LD)
	$(Q)$(CC) $(SANITIZER) $(OPTIMISE) $(FIXED) -o $@ $^ $(LINK)

$(tree)/lua/protokol/core_%.so: $(BUILD)/object/%.o $(core)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(SANITIZER) -shared -Wl,-z,now $(NODELETE) -o $@ $^ $(LINK)

$(lua_tags:%=$(BUILD)/object/%.o): $(BUILD)/object/%.o: csrc/face/lua.c | $(BUILD)/.needs
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) $(shell $(PKG) --cflags $($*_package) 2>/dev/null) -DPK_LUA_TAG=$* -c -o $@ $<

$(BUILD)/object/%.o: %.c | $(BUILD)/.needs
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/object/%.o: $(BUILD)/made/%.c | $(BUILD)/.needs
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -c -o $@ $<

# What is made from the files of a folder is made anew when one comes or goes, too.
if_changed = cmp -s $@.new $@ && rm $@.new || mv $@.new $@
csrc/lint/rules csrc/write/export csrc/write/report csrc/profile/builtin csrc/profile/language: ; # not from a .c

# The list of rules, from the names of their files, and whether they offer a mend.
$(BUILD)/made/rules.c: $(rule_sources) csrc/lint/rules Makefile
	@mkdir -p $(@D)
	@{ echo '#include "lint/lint.h"'; \
	   for id in $(notdir $(rule_sources:.c=)); do echo "extern const struct pk_rule pk_rule_$$id;"; done; \
	   echo 'const struct pk_rule *const pk_rules[] = {'; \
	   for id in $(notdir $(rule_sources:.c=)); do echo "    &pk_rule_$$id,"; done; \
	   echo '    NULL};'; \
	   echo 'const uint32_t pk_rules_count = sizeof pk_rules / sizeof *pk_rules - 1;'; \
	   echo 'const bool pk_rules_offering[] = {'; \
	   for file in $(rule_sources); do grep -q pk_offer $$file && echo '    true,' || echo '    false,'; done; \
	   echo '    false};'; } > $@.new; $(if_changed)

# The list of export formats, likewise; the first is the one for people.
$(BUILD)/made/formats.c: $(export_sources) csrc/write/export Makefile
	@mkdir -p $(@D)
	@{ echo '#include "write/export.h"'; \
	   for name in $(notdir $(export_sources:.c=)); do echo "extern const struct pk_format pk_format_$$name;"; done; \
	   echo 'const struct pk_format *const pk_formats[] = {'; \
	   for name in $(notdir $(export_sources:.c=)); do echo "    &pk_format_$$name,"; done; \
	   echo '    NULL};'; } > $@.new; $(if_changed)

# The formats of findings, likewise.
$(BUILD)/made/reports.c: $(report_sources) csrc/write/report Makefile
	@mkdir -p $(@D)
	@{ echo '#include "write/report.h"'; \
	   for name in $(notdir $(report_sources:.c=)); do echo "extern const struct pk_report_format pk_report_$$name;"; done; \
	   echo 'const struct pk_report_format *const pk_report_formats[] = {'; \
	   for name in $(notdir $(report_sources:.c=)); do echo "    &pk_report_$$name,"; done; \
	   echo '    NULL};'; } > $@.new; $(if_changed)

# The library of profiles and languages, ready for use, by a program of its own that reads the YAML.
embed_sources := csrc/face/embed.c $(filter csrc/text/% csrc/profile/%,$(core_sources))
$(BUILD)/embed: $(call object,$(embed_sources))
	$(call say,LD)
	$(Q)$(CC) $(SANITIZER) $(OPTIMISE) -o $@ $^ $(LINK)

$(BUILD)/made/embedded.c: $(yaml_sources) csrc/profile/builtin csrc/profile/language $(BUILD)/embed
	@mkdir -p $(@D)
	@$(BUILD)/embed csrc/profile $(yaml_sources) > $@.new
	@$(BUILD)/embed csrc/profile $(yaml_sources) | cmp - $@.new # else it leads out of its own memory
	@$(if_changed)

-include $(shell find $(BUILD)/object -name '*.d' 2>/dev/null)

# -- Running -----------------------------------------------------------------------

.PHONY: demo
demo: ## set up, build, and show the main job in this terminal
	@.ci/deps install
	@$(MAKE) -s -j2 all
	@.ci/demo

.PHONY: test
test: ## set up, build, and run every test but fuzzing and benchmarks
	@.ci/deps install test
	@$(MAKE) -s -j2 all
	@BUILD=$(BUILD) tests/run

# In a copy of the tree, so that the plugin's own modules stay as they are.
.PHONY: asan
asan: ## every test again, under ASan and UBSan
	@.ci/deps install test
	@mkdir -p build/asan
	@tar cf - --exclude=./build --exclude=./.git --exclude='*.so' . | tar xf - -C build/asan
	@$(MAKE) -s -C build/asan SANITIZE=address,undefined -j2 all
	@cd build/asan && SANITIZE=address,undefined tests/run

.PHONY: tsan
tsan: ## a hundred documents read by many threads, and checks aside, under ThreadSanitizer (clang)
	@.ci/deps install test
	@$(MAKE) -s BUILD=build/tsan SANITIZE=thread CC=clang -j2 build/tsan/protokol
	@BUILD=build/tsan TSAN_OPTIONS=halt_on_error=1:exitcode=66 LC_ALL=C.UTF-8 \
	  lua5.4 $$(command -v busted) --output=plainTerminal --lpath='./?.lua' tests/cli/jobs_spec.lua
	@TSAN_OPTIONS=halt_on_error=1:exitcode=66 $(MAKE) -s BUILD=build/tsan SANITIZE=thread CC=clang test-aside

# In a copy of the tree, like asan. Some tests run as nobody, who counts in the same files, and some
# where nothing can be written; what gcov has to say of that would stand among a program's own words.
.PHONY: coverage
coverage: export OPTIMISE = -O0 -g
coverage: export CFLAGS   = --coverage -fprofile-update=atomic
coverage: export LDFLAGS  = --coverage
coverage: export GCOV_ERROR_FILE = /dev/null
coverage: ## every test again, and which share of the core's branches they took (COVERAGE="csrc/...": each one missed)
	@.ci/deps install test
	@mkdir -p build/coverage && find build/coverage -name '*.gcda' -delete
	@tar cf - --exclude=./build --exclude=./.git --exclude='*.so' . | tar xf - -C build/coverage
	@umask 0 && $(MAKE) -s -C build/coverage -j2 all
	@cd build/coverage && umask 0 && PROTOKOL_FAULTS=all tests/run
	@cd build/coverage && tests/coverage/report.lua build $(COVERAGE)

.PHONY: faults
faults: all ## refuse each piece of memory once, everywhere; kill the program while it records
	@PROTOKOL_FAULTS=all $(MAKE) -s test-faults
	@PROTOKOL_EVENTS=1000 BUILD=$(BUILD) LC_ALL=C.UTF-8 \
	  lua5.4 $$(command -v busted) --output=plainTerminal --lpath='./?.lua' tests/cli/kill_spec.lua

.PHONY: analyse
analyse: ## clang-tidy, cppcheck and gcc -fanalyzer over csrc
	@tests/analyse/run

.PHONY: lint
lint: ## clang-format, clang-tidy, luacheck, stylua
	clang-format --dry-run -Werror csrc/*.h csrc/*/*.[ch] csrc/*/*/*.c tests/bench/*.c tests/core/*.c \
	    tests/faults/*.[ch] tests/fuzz/*.[ch]
	tests/analyse/run clang-tidy
	luacheck --quiet lua tests
	if command -v stylua; then stylua --check lua tests; \
	  elif command -v npx; then npx -y @johnnymorganz/stylua-bin --check lua tests; \
	  else echo 'stylua is not here: skipped'; fi

.PHONY: install uninstall
install: $(BUILD)/protokol ## put the program protokol in PREFIX/bin (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/protokol $(DESTDIR)$(PREFIX)/bin/protokol

uninstall: ## take it away again
	rm -f $(DESTDIR)$(PREFIX)/bin/protokol

include tests/aside/aside.mk
include tests/bench/bench.mk
include tests/core/core.mk
include tests/faults/faults.mk
include tests/fuzz/fuzz.mk
include tests/parse/parse.mk
include tests/peers/peers.mk

# -- What has to be on the machine ------------------------------------------------

# Says which package is missing, by the names this system knows it by.
$(BUILD)/.needs:
	@mkdir -p $(@D)
	@CC="$(CC)" PKG="$(PKG)" .ci/deps missing
	@touch $@

.PHONY: deps
deps: ## install what building and testing need (apt, dnf, pacman, zypper, apk, brew)
	@.ci/deps install

.PHONY: clean
clean: ## remove what was built
	rm -rf build lua/protokol/*.so doc/tags*

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16
