# oshirase. Two commands for a newcomer: `make demo` and `make check`.
#
#   make            builds build/oshirase
#   make demo       prints a demo job into out/demo/
#   make check      every test; the last line is "N passed, N failed"
#   make install    PREFIX=/usr/local, DESTDIR=
#   make lint | bench | sanitize | fuzz | soak | faults | clang | clean
#
# Nothing needs to be set up before: each of them first installs the Debian packages that are missing.

BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
VERSION := 0.4.0
# cc is what make calls the compiler when nobody said anything.
ifeq ($(origin CC),default)
CC := gcc
endif

FUZZ_SECONDS ?= 20
SEED ?= 1
COUNT ?= 30000
SIZES ?= 20000 200000

PKGS := harfbuzz harfbuzz-subset freetype2 fontconfig libqrencode libdeflate libcrypto yaml-0.1 \
        libutf8proc libxxhash expat libpng cairo cairo-ft
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Wundef -Werror
OPT ?= -O2 -g
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

# pkg-config is asked once, and not before something is compiled: a fresh machine has none yet.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS))))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -lhpdf -ltiff -lm)$(PKG_LIBS)
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE $(OPT) $(WARN) -Iengine $(PKG_CFLAGS) \
        -DOSHIRASE_VERSION='"$(VERSION)"' $(CFLAGS)
LIBS = $(PKG_LIBS) $(LDFLAGS)

SOURCES := $(filter-out engine/cli/main.c,$(sort $(wildcard engine/*/*.c)))
OBJECTS := $(SOURCES:engine/%.c=$(BUILD)/obj/%.o)
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
FUZZ := $(patsubst tests/fuzz/%.c,%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
# The door to the machine once more, with faults behind it (engine/base/os_call.h); the rest is the same objects.
FAULT_OBJECTS := $(patsubst engine/%.c,$(BUILD)/faults/obj/%.o,$(wildcard engine/base/os*.c))
# Libraries that tests put before the program's own (LD_PRELOAD).
PRELOADS := $(patsubst tests/preload/%.c,$(BUILD)/tools/%.so,$(wildcard tests/preload/*.c))
REPLAYS := $(FUZZ:%=$(BUILD)/replay/%)
FUZZERS := $(FUZZ:%=$(BUILD)/fuzzer/%)
# As many jobs as processors, unless the caller said how many.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))
AGAIN = @$(MAKE) --no-print-directory $(JOBS)
QUIET = -s

all: deps
	$(AGAIN) program

# -- what is built --

program: $(BUILD)/oshirase
units: $(UNITS)
tools: $(TOOLS)
replays: $(REPLAYS)
faults: $(BUILD)/faults/oshirase $(BUILD)/tools/power $(PRELOADS)
fuzzers: $(FUZZERS)

# Two notes that change only when their content does: the flags, and the list of sources.
$(BUILD)/flags: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(CFLAGS_ALL)' >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

$(BUILD)/sources: always
	@mkdir -p $(@D)
	@printf '%s\n' $(SOURCES) >$@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

$(BUILD)/oshirase: $(BUILD)/obj/cli/main.o $(BUILD)/liboshirase.a
	$(CC) $(OPT) -o $@ $^ $(LIBS)

$(BUILD)/liboshirase.a: $(OBJECTS) $(BUILD)/sources
	@rm -f $@
	@ar rcs $@ $(OBJECTS)

$(BUILD)/obj/%.o: engine/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/faults/obj/%.o: engine/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DOSHIRASE_FAULTS -MMD -MP -c -o $@ $<

# What is defined here already is not taken from the library.
$(BUILD)/faults/oshirase: $(BUILD)/obj/cli/main.o $(FAULT_OBJECTS) $(BUILD)/liboshirase.a
	$(CC) $(OPT) -o $@ $^ $(LIBS)

$(BUILD)/unit/%_faults: tests/unit/%_faults.c $(FAULT_OBJECTS) $(BUILD)/liboshirase.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DOSHIRASE_FAULTS -Itests -MMD -MP -o $@ $< $(FAULT_OBJECTS) $(BUILD)/liboshirase.a $(LIBS) -lcmocka

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/liboshirase.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -o $@ $< $(BUILD)/liboshirase.a $(LIBS) -lcmocka

$(BUILD)/tools/%: tests/tools/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $<

$(BUILD)/tools/%.so: tests/preload/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -fPIC -shared -MMD -MP -o $@ $<

$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(BUILD)/liboshirase.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Itests -o $@ $< tests/fuzz/replay.c $(BUILD)/liboshirase.a $(LIBS)

$(BUILD)/fuzzer/%: tests/fuzz/%.c $(BUILD)/liboshirase.a $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -Itests -o $@ $< $(BUILD)/liboshirase.a $(LIBS)

# -- what is installed --

# Debian packages to build and run; deps-test adds those of the tests. Silent when nothing is missing.
deps:
	@tests/tools/packages.sh build

deps-test:
	@tests/tools/packages.sh build test

install: deps
	$(AGAIN) program
	$(AGAIN) install-files

# Builds nothing: for packagers, and for the test of installing.
install-files:
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/oshirase'
	install -m 755 $(BUILD)/oshirase '$(DESTDIR)$(PREFIX)/bin/oshirase'
	cp -R templates layouts fonts '$(DESTDIR)$(PREFIX)/share/oshirase/'
	install -m 644 LICENSE NOTICE '$(DESTDIR)$(PREFIX)/share/oshirase/'
	chmod -R u=rwX,go=rX '$(DESTDIR)$(PREFIX)/share/oshirase'

# -- what is run --

demo: deps
	$(AGAIN) $(QUIET) program tools
	@tests/demo/run.sh $(BUILD) out/demo

check: deps-test
	$(AGAIN) $(QUIET) program units tools replays faults
	@tests/tools/check.sh $(BUILD)

lint: deps-test
	$(AGAIN) $(QUIET) $(BUILD)/liboshirase.a
	@tests/tools/lint.sh . $(BUILD)

bench: deps-test
	$(AGAIN) $(QUIET) program tools
	@tests/bench/run.sh $(BUILD) $(SIZES)

# The whole of the tests' C and a small print job under AddressSanitizer and UBSan. Warnings are the business of the
# ordinary builds: instrumented code draws others.
sanitize: deps-test
	$(AGAIN) $(QUIET) BUILD=$(BUILD)/sanitize OPT='$(SANITIZE)' CFLAGS='$(CFLAGS) -w' program units tools replays
	@tests/tools/sanitize.sh $(BUILD)/sanitize

# libFuzzer, FUZZ_SECONDS a target. What it finds stays in out/fuzz/.
fuzz: deps-test
	$(AGAIN) $(QUIET) BUILD=$(BUILD)/fuzz CC=clang OPT='$(SANITIZE) -fsanitize=fuzzer-no-link' CFLAGS='$(CFLAGS) -w' fuzzers
	@tests/tools/fuzz.sh $(BUILD)/fuzz $(FUZZ_SECONDS) $(FUZZ)

# The properties of tests/cases on many more records: make soak SEED=7 COUNT=100000
soak: deps-test
	$(AGAIN) $(QUIET) program tools faults $(BUILD)/unit/symbology_judge $(BUILD)/unit/plan_arrange \
            $(BUILD)/unit/spool_faults
	@SEED=$(SEED) COUNT=$(COUNT) TEST_SECONDS=14400 tests/tools/check.sh $(BUILD) faults faults-memory faults-kill \
            faults-around spool_faults properties households hidden workers symbology_judge barcode voice-page
	@SEED=$(SEED) COUNT=200 TEST_SECONDS=14400 tests/tools/check.sh $(BUILD) verify join pull reprint
	@SEED=$(SEED) COUNT=10000 TEST_SECONDS=14400 tests/tools/check.sh $(BUILD) mail
	@SEED=$(SEED) COUNT=5000000 TEST_SECONDS=14400 tests/tools/check.sh $(BUILD) plan_arrange

# Everything once more through clang, warnings as errors.
clang: deps-test
	$(AGAIN) $(QUIET) BUILD=$(BUILD)/clang CC=clang program units tools replays

clean:
	rm -rf $(BUILD) out

.PHONY: all program units tools replays faults fuzzers always deps deps-test install install-files demo check lint bench \
        sanitize fuzz soak clang clean
.DELETE_ON_ERROR:
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/faults/obj/*/*.d $(BUILD)/unit/*.d $(BUILD)/tools/*.d)
