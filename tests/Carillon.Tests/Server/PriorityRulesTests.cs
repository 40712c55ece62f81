using Carillon.Data.Integrations;
using Carillon.Server.Integrations;

namespace Carillon.Tests.Server;

public sealed class PriorityRulesTests
{
    [Fact]
    public void The_first_becomes_primary_and_later_ones_queue_up_below_it()
    {
        var all = Queue("a", "b", "c");

        Assert.Equal("a3* b1 c2", Shown(all));
    }

    [Fact]
    public void One_that_may_not_be_primary_never_is()
    {
        var newcomer = One("a");

        PriorityRules.Enter(newcomer, [], mayBePrimary: false);

        Assert.Equal("a1", Shown([newcomer]));
    }

    [Fact]
    public void When_one_leaves_the_gap_closes_and_nobody_is_promoted()
    {
        var all = Queue("a", "b", "c", "d");

        PriorityRules.Leave(all[2], [all[0], all[1], all[3]]);
        Assert.Equal("a3* b1 c0 d2", Shown(all));

        PriorityRules.Leave(all[0], [all[1], all[3]]);
        Assert.Equal("a0 b1 c0 d2", Shown(all));
    }

    [Fact]
    public void Without_a_primary_a_newcomer_goes_to_the_end()
    {
        var all = Queue("a", "b");
        PriorityRules.Leave(all[0], [all[1]]);

        PriorityRules.Enter(all[0], [all[1]], mayBePrimary: false);

        Assert.Equal("a2 b1", Shown(all));
    }

    [Fact]
    public void A_new_primary_goes_to_the_top_and_the_old_one_stays_above_the_rest()
    {
        var all = Queue("a", "b", "c");

        PriorityRules.MakePrimary(all[1], [all[0], all[2]]);

        Assert.Equal("a2 b3* c1", Shown(all));
    }

    [Fact]
    public void One_that_was_off_is_switched_on_when_it_becomes_primary()
    {
        var all = Queue("a", "b");
        var off = One("c");
        off.Active = false;

        PriorityRules.MakePrimary(off, all);

        Assert.True(off.Active);
        Assert.Equal("a2 b1 c3*", Shown([.. all, off]));
    }

    [Fact]
    public void However_they_come_and_go_there_is_at_most_one_primary_and_it_is_on_top()
    {
        var random = new Random(7);
        List<Integration> active = [], off = [.. "abcdefgh".Select(letter => One(letter.ToString()))];
        for (var turn = 0; turn < 2_000; turn++)
        {
            Turn(random.Next(3), active, off, random);

            Assert.Equal(Enumerable.Range(1, active.Count), active.Select(one => one.Priority).Order());
            Assert.InRange(active.Count(one => one.Primary), 0, 1);
            Assert.All(active.Where(one => one.Primary), primary => Assert.Equal(active.Count, primary.Priority));
            Assert.All(off, one => Assert.Equal((0, false), (one.Priority, one.Primary)));
        }
    }

    private static void Turn(int kind, List<Integration> active, List<Integration> off, Random random)
    {
        if (kind == 0 && off.Count > 0)
        {
            var newcomer = Take(off, random);
            PriorityRules.Enter(newcomer, active, mayBePrimary: random.Next(2) == 0);
            active.Add(newcomer);
        }
        else if (kind == 1 && active.Count > 0)
        {
            var leaver = Take(active, random);
            PriorityRules.Leave(leaver, active);
            off.Add(leaver);
        }
        else if (active.Count > 0)
        {
            var chosen = Take(active, random);
            PriorityRules.MakePrimary(chosen, active);
            active.Add(chosen);
        }
    }

    private static Integration Take(List<Integration> from, Random random)
    {
        var index = random.Next(from.Count);
        var taken = from[index];
        from.RemoveAt(index);
        return taken;
    }

    private static List<Integration> Queue(params string[] names)
    {
        List<Integration> all = [];
        foreach (var name in names)
        {
            var newcomer = One(name);
            PriorityRules.Enter(newcomer, all, mayBePrimary: true);
            all.Add(newcomer);
        }

        return all;
    }

    private static string Shown(IEnumerable<Integration> all) =>
        string.Join(' ', all.Select(one => $"{one.Name}{one.Priority}{(one.Primary ? "*" : "")}"));

    private static Integration One(string name) => new()
    {
        Id = name,
        EnvironmentId = "environment",
        OrganizationId = "organization",
        ProviderId = "nodemailer",
        Channel = "email",
        Name = name,
        Identifier = name,
        Cipher = "",
        Active = true,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
