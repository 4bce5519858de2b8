/* select.h - which action items are wanted, in which order and under which headings.
 *
 * A filter is made of words, the same ones in the editor and on the command line:
 *
 *     open | done | cancelled  in that state
 *     overdue                  open, and due before today
 *     owner=NAME               of that person; said again: of any of them
 *     mine                     of whoever asks
 *     due<DAY <= = >= >        DAY: YYYY-MM-DD or "today"; what has no day is left out
 *     sort=due|owner|file      else as met
 *     group=owner|due|file     under headings
 */
#ifndef PK_SELECT_H
#define PK_SELECT_H

#include "read/minutes.h"

enum pk_order { PK_AS_MET, PK_BY_DUE, PK_BY_OWNER, PK_BY_FILE, PK_ORDERS };
extern const char *const pk_orders[PK_ORDERS]; /* "", "due", "owner", "file" */

/* Set today and me, where they are known; then add words. */
struct pk_filter {
    struct pk_date today;
    struct pk_view me;             /* the name of whoever asks; empty: not known */
    PK_LIST(struct pk_view) owner; /* any of them; empty: whoever */
    unsigned states;               /* 1 << enum pk_state, or-ed; 0: any */
    bool mine, overdue, dated;     /* dated: only what is due from `first` to `last` */
    int32_t first_day, last_day;   /* as pk_date_days */
    enum pk_order sort, group;
};

/* What words may begin with, for hints and completion; NULL-ended. */
extern const char *const pk_filter_words[];
/* PK_EINPUT, and why, where the word is none of a filter. It must outlive the filter. */
enum pk_status pk_filter_word(struct pk_arena *, struct pk_filter *, struct pk_view word,
                              struct pk_error *);
/* PK_EINPUT where the words as a whole cannot be followed: "mine" of nobody knows whom. */
enum pk_status pk_filter_check(const struct pk_filter *, struct pk_error *);

/* Does the name, as written in minutes, go by what is wanted? Each word of that begins a word of
 * the name, or is a form of it ("Петрова", "Петровой"), or its initial; "AW" is "Anna Weber". */
bool pk_is_called(struct pk_view name, struct pk_view wanted);
/* May the two be one person? All words of the one are among those of the other. */
bool pk_same_person(struct pk_view name, struct pk_view other);

/* An item that was chosen. Grouped by owners, it is chosen once for each of them. */
struct pk_chosen {
    const struct pk_filter *filter;
    uint32_t item;  /* the chooser's number for it */
    uint32_t order; /* as met */
    uint32_t shelf; /* of headings that are not names: which one */
    uint32_t size;  /* of its group, in the group's first; 0 in the others */
    int32_t due;    /* as pk_date_days; INT32_MAX: no day */
    struct pk_view file;
    struct pk_view owner;   /* folded; empty: nobody's */
    struct pk_view heading; /* of its group; empty: there are none */
};

struct pk_choice {
    const struct pk_filter *filter;
    PK_LIST(struct pk_chosen) chosen;
};

bool pk_is_wanted(const struct pk_filter *, const struct pk_action *);
/* Chooses the action if it is wanted. The arena keeps copies of what the choice needs;
 * `file` must outlive it. False: not wanted. */
bool pk_choose(struct pk_arena *, struct pk_choice *, const struct pk_action *, struct pk_view file,
               uint32_t item);
/* Sorts, and counts the groups. */
void pk_choice_sort(struct pk_choice *);

#endif
