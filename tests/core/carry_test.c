/* carry_test.c - what new minutes take over, and how the earlier ones are marked. */
#include "with_library.h"

#include <stdio.h>
#include <string.h>

#include "protokol.h"

static struct pk_error error;
static struct pk_minutes previous;
static struct pk_carried carried;

static void read_text(struct pk_minutes *minutes, const char *text, const char *name)
{
    struct pk_read_options options = {.name = pk_view_of(name)};
    if (pk_read(&arena, library, pk_view_of(text), &options, minutes, &error) != PK_OK)
        fail_msg("%s", error.message);
}

static const char *string_of(struct pk_view view)
{
    return pk_copy(&arena, view).at;
}

/* New minutes of the previous ones' kind. */
static const char *follow_as(const char *text, const char *name, const char *profile)
{
    struct pk_buffer out = {.arena = &arena};
    read_text(&previous, text, name);
    struct pk_template template = {.library = library,
                                   .profile = previous.profile,
                                   .language = previous.language,
                                   .detail = previous.detail};
    if (profile)
        template.profile = pk_library_profile(library, pk_view_of(profile));
    pk_carry_over(&previous, &template, &carried);
    pk_write_template(&out, &template);
    return string_of(pk_written(&out));
}

static const char *follow(const char *text)
{
    return follow_as(text, "2026-03-12.md", NULL);
}

static const char *marked(void)
{
    return string_of(
        pk_apply(&arena, previous.blocks.text, carried.edit.items, carried.edit.count, NULL));
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static uint32_t count_of(const char *text, const char *part)
{
    uint32_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* The one item of the text keeps its identity, and is done with in the earlier minutes. */
static void assert_stays_itself(const char *text)
{
    struct pk_minutes next, old;
    const char *template = follow(text);
    read_text(&next, template, "next.md");
    assert_int_equal(previous.action.count, 1);
    if (next.action.count != 3) /* two are the template's own placeholders */
        fail_msg("%u actions in:\n%s", (unsigned)next.action.count, template);
    const struct pk_action *action = &next.action.items[1];
    if (strcmp(pk_identity_of(&previous.action.items[0]).uuid, pk_identity_of(action).uuid) != 0)
        fail_msg("\"%s\" has become \"%s\" in:\n%s", string_of(previous.action.items[0].text),
                 string_of(action->text), template);
    assert_int_equal(pk_date_compare(previous.action.items[0].due, action->due), 0);
    read_text(&old, marked(), "2026-03-12.md");
    assert_int_equal(old.action.count, 1);
    if (old.action.items[0].state != PK_CANCELLED)
        fail_msg("still open:\n%s", marked());
    assert_string_equal(pk_identity_of(&previous.action.items[0]).uuid,
                        pk_identity_of(&old.action.items[0]).uuid);
}

/* -- What is taken over -- */

static void people_fill_the_rows_of_the_table(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\n## Participants\n\n"
                              "- Anna Weber, head of sales, anna@birch.example\n- Tom Reed\n");
    assert_has(next, "| Anna Weber | head of sales |  | anna@birch.example |\n"
                     "| Tom Reed |  |  |  |\n\n");
    assert_int_equal(count_of(next, "{{full name}}"), 0);
}

static void people_fill_a_list(void **state)
{
    (void)state;
    const char *next =
        follow_as("# Minutes of negotiation\n\n## Participants\n\n- Anna Weber, head of sales\n",
                  "2026-03-12.md", "meeting");
    assert_has(next, "\n- Anna Weber, head of sales\n\n");
}

static void the_absent_are_not_taken_over(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\nPresent: Anna Weber\n"
                              "\nApologies: Tom Reed\n");
    assert_has(next, "| Anna Weber |");
    assert_int_equal(count_of(next, "Tom Reed"), 0);
}

static void open_items_stand_first_with_their_origin(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\n## Next steps\n\n"
                              "- [ ] Anna: send the map by Friday\n- [ ] book a hall\n");
    assert_has(next, "## Next steps\n\n"
                     "- [ ] send the map \u2014 owner: Anna, due: 2026-03-13 "
                     "<!-- from 2026-03-12 -->\n"
                     "- [ ] book a hall <!-- from 2026-03-12 -->\n"
                     "- [ ] {{what is to be done}}");
    assert_int_equal(carried.open, 2);
}

static void the_first_origin_stays(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\n## Next steps\n\n"
                              "- [ ] book a hall <!-- from 2026-01-08 -->\n");
    assert_has(next, "- [ ] book a hall <!-- from 2026-01-08 -->\n");
    assert_int_equal(count_of(next, "<!--"), 1);
}

static void the_same_item_told_twice_is_carried_once(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\nACTION: Anna: send the map\n\n"
                              "## Next steps\n\n- [ ] Send the map. (owner: Anna)\n");
    assert_int_equal(carried.open, 1);
    assert_int_equal(count_of(next, "end the map"), 1);
    assert_int_equal(carried.edit.count, 2);
}

static void what_was_done_is_listed_where_the_level_asks_for_it(void **state)
{
    (void)state;
    const char *text = "---\ndetail: %s\n---\n# Minutes of negotiation\n\n## Next steps\n\n"
                       "- [x] Anna: send the map\n- [-] paint the door\n";
    char standard[200], brief[200];
    snprintf(standard, sizeof standard, text, "standard");
    snprintf(brief, sizeof brief, text, "brief");
    const char *next = follow(standard);
    assert_has(next, "## Closed since the last meeting\n\n- send the map \u2014 Anna\n\n");
    assert_int_equal(count_of(next, "paint the door"), 0);
    assert_int_equal(count_of(follow(brief), "send the map"), 0);
    assert_int_equal(carried.edit.count, 0);
}

static void what_is_listed_as_done_is_no_action(void **state)
{
    struct pk_minutes next;
    (void)state;
    read_text(&next, follow("# Minutes of negotiation\n\n## Next steps\n\n- [x] Anna: dig\n"),
              "next.md");
    assert_int_equal(next.action.count, 2); /* the placeholders */
}

static void done_somewhere_is_not_carried(void **state)
{
    (void)state;
    follow("# Minutes of negotiation\n\nACTION: Anna: send the map\n\n"
           "## Next steps\n\n- [x] Anna: send the map\n");
    assert_int_equal(carried.open, 0);
    assert_int_equal(carried.edit.count, 0);
}

static void placeholders_are_not_taken_over(void **state)
{
    (void)state;
    const char *next = follow("# Minutes of negotiation\n\n- **Client:** {{client}}\n\n"
                              "## Participants\n\n- {{name}}\n\n## Next steps\n\n- [ ] {{task}}\n"
                              "- [ ] dig \u2014 owner: {{owner}}\n");
    assert_int_equal(carried.open, 1);
    assert_has(next, "- [ ] dig <!--");
    assert_has(next, "{{full name}}");
}

static void a_profile_may_keep_its_actions_in_a_table(void **state)
{
    (void)state;
    const char *yaml = "profile: own\nextends: meeting\nsections:\n"
                       "  - {id: actions, body: \"| ${task} | ${owner} | ${due} |\\n"
                       "| --- | --- | --- |\\n| {{task}} | {{owner}} | {{due}} |\\n\"}\n";
    if (pk_library_add_profile(library, pk_view_of(yaml), "own.yaml", &error) != PK_OK)
        fail_msg("%s", error.message);
    const char *next = follow_as("# Minutes\n\n## Next steps\n\n- [ ] Anna: a|b by 2026-04-01\n",
                                 "2026-03-12.md", "own");
    assert_has(next, "| a\\|b <!-- from 2026-03-12 --> | Anna | 2026-04-01 |\n"
                     "| {{what is to be done}} |");
}

/* -- An item is the same item -- */

static void an_item_stays_itself(void **state)
{
    static const char *const texts[] = {
        "# Minutes\n\n## Next steps\n\n- [ ] @anna send the map by Friday\n",
        "# Minutes\n\n## Next steps\n\n- [ ] Anna to call Tom by Friday about paper\n",
        "# Minutes\n\n## Next steps\n\n- [ ] Anna: read [the map](https://map.example/a_b), "
        "*now*\n",
        "# Minutes\n\n## Next steps\n\n- [ ] Anna: rename `a_b` to\n      `*c*`, soon\n",
        "# Minutes\n\n## Next steps\n\n- [ ] send the map ^map-1\n",
        "# Minutes\n\n## Next steps\n\n- [ ] send the map [id:: map_\u00e4]\n",
        "# Minutes\n\n## Next steps\n\n- Tom Reed sends the bill.\n",
        "# Minutes\n\nACTION: Anna Weber to send the map by 1 April.\n",
        "# Minutes\n\nWe talked. Anna Weber will send the map by Friday. Then we went.\n",
        "# Minutes\n\n| Action | Owner | Due | Status |\n|-|-|-|-|\n| Dig | Anna, Tom | Friday | "
        "|\n",
        "# Minutes\n\n| ID | Action | Owner | Due |\n|-|-|-|-|\n| A3 | Dig `x\\|y` | Tom | ASAP "
        "|\n",
        "# Minutes\r\n\r\n## Next steps\r\n\r\n- [ ] Anna: dig\r\n      on by Friday\r\n",
        "# \u041f\u0440\u043e\u0442\u043e\u043a\u043e\u043b\n\n## "
        "\u041f\u043e\u0440\u0443\u0447\u0435\u043d"
        "\u0438\u044f\n\n- [ ] \u0418\u0432\u0430\u043d\u043e\u0432 \u0418.\u0418.: \u043a\u043e"
        "\u043f\u0430\u0442\u044c \u0434\u043e \u043f\u044f\u0442\u043d\u0438\u0446\u044b\n",
        "# Protokoll\n\n## Aufgaben\n\n- Anna gr\u00e4bt bis Freitag\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_stays_itself(texts[i]);
}

static void markup_is_kept(void **state)
{
    (void)state;
    const char *next = follow("# Minutes\n\n## Next steps\n\n"
                              "- [ ] Anna: read [the map](https://map.example/a_b) by Friday\n");
    assert_has(next, "- [ ] read [the map](https://map.example/a_b) \u2014 owner: Anna");
}

/* -- Marks -- */

static void marks_touch_nothing_else(void **state)
{
    (void)state;
    follow("# Minutes\r\n\r\n## Next steps\r\n\r\n- [ ] Anna: dig\r\n- [x] Tom: rest\r\n"
           "- [] sing\r\n\r\n| Action | Owner | Status |\r\n|-|-|-|\r\n| Mow | Tom | open |\r\n"
           "| Sow | Tom |  |\r\n");
    assert_string_equal(
        marked(), "# Minutes\r\n\r\n## Next steps\r\n\r\n- [>] Anna: dig\r\n- [x] Tom: rest\r\n"
                  "- [>] sing\r\n\r\n| Action | Owner | Status |\r\n|-|-|-|\r\n"
                  "| Mow | Tom | carried over |\r\n| Sow | Tom | carried over |\r\n");
}

static void marks_stand_where_they_are_read(void **state)
{
    static const char *const texts[][2] = {
        {"- (open) Anna: dig", "- (carried over) Anna: dig"},
        {"- Anna: read [the map](https://map.example/a_b)",
         "- Anna: read [the map](https://map.example/a_b) (carried over)"},
        {"- Anna: call `dig()`", "- Anna: call `dig()` (carried over)"},
        {"- **Anna: dig**", "- **Anna: dig (carried over)**"},
        {"- Anna: dig these:\n  - a hole\n  - a ditch",
         "- Anna: dig these:\n  - a hole (carried over)\n  - a ditch (carried over)"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char text[300], wanted[300];
        const char *head = "# Minutes\n\n## Next steps\n\n";
        snprintf(text, sizeof text, "%s%s\n", head, texts[i][0]);
        snprintf(wanted, sizeof wanted, "%s%s\n", head, texts[i][1]);
        follow(text);
        assert_string_equal(marked(), wanted);
        follow(marked());
        assert_int_equal(carried.open, 0);
    }
}

static void what_is_marked_is_not_carried_again(void **state)
{
    (void)state;
    follow("# Minutes\n\nTODO: dig.\n\n## Next steps\n\n- [ ] Anna: sow\n- mow\n");
    assert_int_equal(carried.open, 3);
    follow(marked());
    assert_int_equal(carried.open, 0);
    assert_int_equal(carried.edit.count, 0);
}

static void without_a_section_for_actions_nothing_is_marked(void **state)
{
    (void)state;
    const char *yaml = "profile: bare\ntitle: Note\nsections: [{id: topics}]\n";
    if (pk_library_add_profile(library, pk_view_of(yaml), "bare.yaml", &error) != PK_OK)
        fail_msg("%s", error.message);
    follow_as("# Minutes\n\nTODO: dig.\n", "a.md", "bare");
    assert_int_equal(carried.open, 0);
    assert_int_equal(carried.edit.count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(people_fill_the_rows_of_the_table),
        TEST(people_fill_a_list),
        TEST(the_absent_are_not_taken_over),
        TEST(open_items_stand_first_with_their_origin),
        TEST(the_first_origin_stays),
        TEST(the_same_item_told_twice_is_carried_once),
        TEST(what_was_done_is_listed_where_the_level_asks_for_it),
        TEST(what_is_listed_as_done_is_no_action),
        TEST(done_somewhere_is_not_carried),
        TEST(placeholders_are_not_taken_over),
        TEST(a_profile_may_keep_its_actions_in_a_table),
        TEST(an_item_stays_itself),
        TEST(markup_is_kept),
        TEST(marks_touch_nothing_else),
        TEST(marks_stand_where_they_are_read),
        TEST(what_is_marked_is_not_carried_again),
        TEST(without_a_section_for_actions_nothing_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
