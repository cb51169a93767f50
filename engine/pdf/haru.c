#include "pdf/haru.h"

#include "base/memory.h"

#include <hpdf.h>

/* libharu 2.3.0 as its sources read: low-level functions set error_no and give NULL or a code;
 * Dict_Add and Array_Add free what they could not add; a value marked indirect is added as a
 * reference by its number and stays ours. So a reference is a null object that carries the number,
 * kept until the object is written. */

struct haru {
    HPDF_Error_Rec fault;
    HPDF_MMgr memory;
    HPDF_Dict object; /* in the making */
    HPDF_Null *stubs; /* of its references */
    uint32_t stub_count, stub_room;
    bool failed;
};

/* -- memory: libharu's free tells no size, ours wants it -- */

#define SIZE_ROOM 16 /* keeps the alignment of malloc */

static void *HPDF_STDCALL take_memory(HPDF_UINT size)
{
    size_t whole = (size_t)size + SIZE_ROOM;
    uint8_t *bytes = memory_new(whole);

    if (!bytes)
        return NULL;
    memcpy(bytes, &whole, sizeof whole);
    return bytes + SIZE_ROOM;
}

static void HPDF_STDCALL give_memory(void *pointer)
{
    uint8_t *bytes = pointer;
    size_t whole;

    if (!bytes)
        return;
    bytes -= SIZE_ROOM;
    memcpy(&whole, bytes, sizeof whole);
    memory_free(bytes, whole);
}

/* -- life -- */

enum status haru_new(struct haru **out, struct error *error)
{
    struct haru *haru;

    *out = NULL;
    if (strcmp(HPDF_GetVersion(), HPDF_VERSION_TEXT) != 0)
        return error_set(error, MSG_PDF_LIBRARY);
    haru = memory_new(sizeof *haru);
    if (!haru)
        return error_set(error, MSG_NO_MEMORY);
    HPDF_Error_Init(&haru->fault, NULL);
    haru->memory = HPDF_MMgr_New(&haru->fault, 0, take_memory, give_memory);
    if (!haru->memory) {
        haru_free(haru);
        return error_set(error, MSG_NO_MEMORY);
    }
    *out = haru;
    return OK;
}

static void drop_object(struct haru *haru)
{
    if (haru->object)
        HPDF_Obj_ForceFree(haru->memory, haru->object);
    haru->object = NULL;
    for (uint32_t i = 0; i < haru->stub_count; i++)
        HPDF_Obj_ForceFree(haru->memory, haru->stubs[i]);
    haru->stub_count = 0;
}

void haru_free(struct haru *haru)
{
    if (!haru)
        return;
    drop_object(haru);
    memory_free(haru->stubs, haru->stub_room * sizeof *haru->stubs);
    if (haru->memory)
        HPDF_MMgr_Free(haru->memory);
    memory_free(haru, sizeof *haru);
}

static void check(struct haru *haru, bool good)
{
    if (!good)
        haru->failed = true;
}

struct haru_dict *haru_begin(struct haru *haru)
{
    drop_object(haru);
    HPDF_Error_Reset(&haru->fault);
    haru->failed = false;
    haru->object = HPDF_Dict_New(haru->memory);
    check(haru, haru->object != NULL);
    return (struct haru_dict *)haru->object;
}

static HPDF_STATUS write_ink(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT size)
{
    struct ink *ink = stream->attr;

    ink_bytes(ink, bytes, size);
    return ink->failed ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

enum status haru_end(struct haru *haru, struct ink *out, struct error *error)
{
    HPDF_Stream stream = NULL;

    if (!haru->failed)
        stream = HPDF_CallbackWriter_New(haru->memory, write_ink, out);
    check(haru, stream && HPDF_Obj_WriteValue(haru->object, stream, NULL) == HPDF_OK);
    if (stream)
        HPDF_Stream_Free(stream);
    drop_object(haru);
    if (out->failed || haru->fault.error_no == HPDF_FAILD_TO_ALLOC_MEM)
        return error_set(error, MSG_NO_MEMORY);
    if (haru->failed || haru->fault.error_no != HPDF_OK)
        return error_set(error, MSG_PDF_LIBRARY);
    return OK;
}

/* -- entries -- */

static HPDF_Dict of_dict(struct haru_dict *dict)
{
    return (HPDF_Dict)dict;
}

static HPDF_Array of_list(struct haru_list *list)
{
    return (HPDF_Array)list;
}

/* True when it was added; a value that was not is freed by libharu. */
static bool add_value(struct haru *haru, struct haru_dict *dict, const char *key, void *value)
{
    bool good =
        !haru->failed && dict && value && HPDF_Dict_Add(of_dict(dict), key, value) == HPDF_OK;

    check(haru, good);
    return good;
}

void haru_name(struct haru *haru, struct haru_dict *dict, const char *key, const char *value)
{
    if (!haru->failed)
        add_value(haru, dict, key, HPDF_Name_New(haru->memory, value));
}

void haru_integer(struct haru *haru, struct haru_dict *dict, const char *key, int32_t value)
{
    if (!haru->failed)
        add_value(haru, dict, key, HPDF_Number_New(haru->memory, value));
}

void haru_flag(struct haru *haru, struct haru_dict *dict, const char *key, bool value)
{
    if (!haru->failed)
        add_value(haru, dict, key, HPDF_Boolean_New(haru->memory, value));
}

void haru_string(struct haru *haru, struct haru_dict *dict, const char *key, const char *ascii)
{
    if (!haru->failed)
        add_value(haru, dict, key, HPDF_String_New(haru->memory, ascii, NULL));
}

/* HPDF_Binary copies; its parameter merely lacks a const. */
void haru_binary(struct haru *haru, struct haru_dict *dict, const char *key, const uint8_t *bytes,
                 size_t size)
{
    union {
        const uint8_t *in;
        HPDF_BYTE *out;
    } value = {.in = bytes};

    check(haru, size <= HPDF_LIMIT_MAX_STRING_LEN);
    if (!haru->failed)
        add_value(haru, dict, key, HPDF_Binary_New(haru->memory, value.out, (HPDF_UINT)size));
}

static HPDF_Null stub_new(struct haru *haru, uint32_t number)
{
    HPDF_Null stub;

    if (haru->stub_count == haru->stub_room) {
        uint32_t room = haru->stub_room ? haru->stub_room * 2 : 64;
        HPDF_Null *stubs =
            memory_resize(haru->stubs, haru->stub_room * sizeof *stubs, room * sizeof *stubs);

        if (!stubs) {
            HPDF_SetError(&haru->fault, HPDF_FAILD_TO_ALLOC_MEM, 0);
            return NULL;
        }
        haru->stubs = stubs;
        haru->stub_room = room;
    }
    stub = HPDF_Null_New(haru->memory);
    if (!stub)
        return NULL;
    stub->header.obj_id = number | HPDF_OTYPE_INDIRECT;
    haru->stubs[haru->stub_count++] = stub;
    return stub;
}

void haru_reference(struct haru *haru, struct haru_dict *dict, const char *key, uint32_t number)
{
    if (!haru->failed)
        add_value(haru, dict, key, stub_new(haru, number));
}

struct haru_dict *haru_dict(struct haru *haru, struct haru_dict *dict, const char *key)
{
    HPDF_Dict value = haru->failed ? NULL : HPDF_Dict_New(haru->memory);

    return add_value(haru, dict, key, value) ? (struct haru_dict *)value : NULL;
}

struct haru_list *haru_list(struct haru *haru, struct haru_dict *dict, const char *key)
{
    HPDF_Array value = haru->failed ? NULL : HPDF_Array_New(haru->memory);

    return add_value(haru, dict, key, value) ? (struct haru_list *)value : NULL;
}

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    struct ink *out = stream->attr;
    const struct ink *entries = dict->attr;

    ink_bytes(out, entries->bytes, entries->size);
    return out->failed ? HPDF_FILE_IO_ERROR : HPDF_OK;
}

void haru_entries(struct haru *haru, struct haru_dict *dict, const struct ink *entries)
{
    union {
        const struct ink *in;
        void *out;
    } value = {.in = entries};

    if (entries->failed)
        HPDF_SetError(&haru->fault, HPDF_FAILD_TO_ALLOC_MEM, 0);
    check(haru, dict && !entries->failed);
    if (haru->failed)
        return;
    of_dict(dict)->attr = value.out;
    of_dict(dict)->write_fn = write_entries;
}

/* -- lists -- */

static bool add_item(struct haru *haru, struct haru_list *list, void *value)
{
    bool good = !haru->failed && list && value && HPDF_Array_Add(of_list(list), value) == HPDF_OK;

    check(haru, good);
    return good;
}

void haru_list_name(struct haru *haru, struct haru_list *list, const char *value)
{
    if (!haru->failed)
        add_item(haru, list, HPDF_Name_New(haru->memory, value));
}

void haru_list_integer(struct haru *haru, struct haru_list *list, int32_t value)
{
    if (!haru->failed)
        add_item(haru, list, HPDF_Number_New(haru->memory, value));
}

void haru_list_reference(struct haru *haru, struct haru_list *list, uint32_t number)
{
    if (!haru->failed)
        add_item(haru, list, stub_new(haru, number));
}

struct haru_dict *haru_list_dict(struct haru *haru, struct haru_list *list)
{
    HPDF_Dict value = haru->failed ? NULL : HPDF_Dict_New(haru->memory);

    return add_item(haru, list, value) ? (struct haru_dict *)value : NULL;
}
