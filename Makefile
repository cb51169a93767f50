# oshirase. Two commands for a newcomer: `make demo` and `make check`.
BUILD ?= build
CC ?= gcc
PREFIX ?= /usr/local
VERSION := 0.1.0

PKGS := harfbuzz harfbuzz-subset freetype2 fontconfig libqrencode libdeflate libcrypto yaml-0.1 \
        libutf8proc libxxhash expat libpng cairo cairo-ft
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
        -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Wundef -Werror
OPT ?= -O2 -g
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE $(OPT) $(WARN) -Iengine $(shell pkg-config --cflags $(PKGS)) \
        -DOSHIRASE_VERSION='"$(VERSION)"' $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PKGS)) -lhpdf -lm $(LDFLAGS)

SOURCES := $(filter-out engine/cli/main.c,$(wildcard engine/*/*.c))
OBJECTS := $(SOURCES:engine/%.c=$(BUILD)/obj/%.o)
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))

all: $(BUILD)/oshirase

$(BUILD)/oshirase: $(BUILD)/obj/cli/main.o $(BUILD)/liboshirase.a
	$(CC) $(OPT) -o $@ $^ $(LIBS)

$(BUILD)/liboshirase.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/obj/%.o: engine/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/liboshirase.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -Itests -MMD -MP -o $@ $< $(BUILD)/liboshirase.a $(LIBS) -lcmocka

units: $(UNITS)

clean:
	rm -rf $(BUILD) out

.PHONY: all units clean
-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
