/* press/reprint_log.c -- an inserter's list of sealed sequence numbers against what was made. */
#include "press/reprint_inside.h"

#include <stdio.h>

static void tell(const struct reprint *reprint, enum message message, uint32_t line, uint64_t have,
                 uint64_t want, uint64_t *problems)
{
    struct error error = {0};
    ++*problems;
    if (*problems > REPRINT_TOLD || !reprint->order->found)
        return;
    (void)error_at(&error, message, reprint->order->log, line, TEXT(""));
    error.have = (int64_t)have;
    error.want = (int64_t)want;
    reprint->order->found(reprint->order->context, &error);
}

/* asked: sealed. */
static enum status read_log(struct reprint *reprint, struct outbook_list *list, uint64_t *problems,
                            struct error *error)
{
    struct text value;
    uint64_t sequence;
    while (outbook_list_next(list, &value)) {
        while (value.length > 1 && *value.bytes == '0') /* as wide as the machine writes them */
            value = (struct text){value.bytes + 1, value.length - 1};
        if (!table_number(value, &sequence))
            return error_at(error, MSG_LOG_LINE, reprint->order->log, list->line, TEXT(""));
        struct outbook_letter *letter = outbook_find(reprint->book, sequence);
        if (!letter)
            tell(reprint, MSG_LOG_UNKNOWN, list->line, 0, sequence, problems);
        else if (letter->asked)
            tell(reprint, MSG_LOG_DOUBLE, list->line, 0, sequence, problems);
        else if (letter->pulled)
            tell(reprint, MSG_LOG_PULLED, list->line, 0, sequence, problems);
        if (letter)
            letter->asked = true;
    }
    return OK;
}

/* An envelope that was sealed with a part of its letters. */
static void find_parts(const struct reprint *reprint, uint64_t *problems)
{
    const struct outbook *book = reprint->book;
    for (uint64_t first = 0, end; first < book->count; first = end) {
        bool sealed = false;
        for (end = first;
             end < book->count && book->letters[end].piece == book->letters[first].piece; end++)
            sealed = sealed || (book->letters[end].asked && !book->letters[end].pulled);
        for (uint64_t i = first; sealed && i < end; i++)
            if (book->letters[i].chosen)
                tell(reprint, MSG_LOG_PIECE, 0, book->letters[i].piece, book->letters[i].sequence,
                     problems);
    }
}

static enum status say(const struct reprint *reprint, const struct sink *words, struct error *error)
{
    const struct outbook *book = reprint->book;
    uint64_t pulled = 0, sealed = 0, chosen = 0;
    char line[240];
    for (uint64_t i = 0; i < book->count; i++) {
        pulled += book->letters[i].pulled;
        sealed += book->letters[i].asked;
        chosen += book->letters[i].chosen;
    }
    if (book->count - pulled != sealed + chosen) {
        enum status status = error_set(error, MSG_TOTALS_DISAGREE);
        error->have = (int64_t)(sealed + chosen);
        error->want = (int64_t)(book->count - pulled);
        return status;
    }
    int size = snprintf(line, sizeof line,
                        "%llu letters made - %llu pulled = %llu sealed once + %llu to reprint\n",
                        (unsigned long long)book->count, (unsigned long long)pulled,
                        (unsigned long long)sealed, (unsigned long long)chosen);
    return size > 0 ? sink_write(words, line, (size_t)size, error) : OK;
}

enum status reprint_choose_log(struct reprint *reprint, const struct sink *words,
                               struct error *error)
{
    struct outbook_list list;
    uint64_t problems = 0;
    enum status status = outbook_list_open(&list, reprint->order->log, error);
    if (status != OK)
        return status;
    status = read_log(reprint, &list, &problems, error);
    outbook_list_close(&list);
    if (status != OK)
        return status;
    for (uint64_t i = 0; i < reprint->book->count; i++) {
        struct outbook_letter *letter = &reprint->book->letters[i];
        letter->chosen = !letter->asked && !letter->pulled;
    }
    if (!reprint->order->sheet)
        find_parts(reprint, &problems);
    if (problems == 0)
        return say(reprint, words, error);
    (void)error_at(error, MSG_LOG_FAILED, reprint->order->log, 0, TEXT(""));
    error->have = (int64_t)problems;
    return STOP;
}
