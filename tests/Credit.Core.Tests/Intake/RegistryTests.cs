using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Intake;

/// <summary>What registrars report: new, changed and cancelled subjects, and what their codes are worth.</summary>
public class RegistryTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.1.3.b")]
    [Trait("Requirement", "R-3.1.3.c")]
    public async Task One_duplicate_and_one_wrong_code_in_a_hundred_make_two_percent_and_a_missing_code_lowers_the_conversion_rate()
    {
        await SendAsync([.. Enumerable.Range(1000, 97).Select(number => SampleSheet.Subject(number))]);
        await SendAsync(SampleSheet.Subject(1097, ("统一社会信用代码", ""), ("工商注册号", "370811200099999")));
        await SendAsync(SampleSheet.Subject(1098, ("统一社会信用代码", SampleSheet.WrongCode(1098))));
        await SendAsync(SampleSheet.Subject(1099, ("统一社会信用代码", SampleSheet.Code(1000))));

        using var lead = await host.AsAsync("development-reform.officer");
        var quality = await lead.GetFromJsonAsync<JsonElement>(new Uri("/api/subjects/code-quality", UriKind.Relative));

        (Number("subjects"), Number("missing"), Number("wrong"), Number("duplicate"), Number("faultRate"), Number("conversionRate"))
            .ShouldBe((100m, 1m, 1m, 1m, 0.02m, 0.97m));
        quality.GetProperty("alarm").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var (standing, name) in new[] { ("None", 1097), ("Wrong", 1098), ("Shared", 1099) })
        {
            var page = await lead.GetFromJsonAsync<JsonElement>(new Uri($"/api/subjects/code-quality/{standing}", UriKind.Relative));
            page.GetProperty("subjects").EnumerateArray().ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe(SampleSheet.Subject(name)["主体名称"]);
        }

        decimal Number(string member) => quality.GetProperty(member).GetDecimal();
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    [Trait("Invariant", "I18")]
    public async Task A_change_updates_the_subject_and_keeps_old_code_and_old_name()
    {
        await SendAsync(SampleSheet.Subject(2001));
        await SendAsync(SampleSheet.Subject(2001, ("统一社会信用代码", SampleSheet.Code(2002)), ("原统一社会信用代码", SampleSheet.Code(2001)), ("变更类型", "变更")));
        await SendAsync(SampleSheet.Subject(
            2001, ("统一社会信用代码", SampleSheet.Code(2002)), ("主体名称", "济宁新名商贸有限公司"), ("曾用名", SampleSheet.Subject(2001)["主体名称"]), ("变更类型", "变更")));
        await SendAsync(SampleSheet.Subject(
            2001, ("统一社会信用代码", SampleSheet.Code(2002)), ("主体名称", "济宁新名商贸有限公司"), ("登记状态", "注销"), ("变更类型", "注销")));

        var subject = await DatabaseAsync(db => db.Subjects.AsNoTracking().Include(each => each.Identifiers)
            .SingleAsync(each => each.Identifiers.Any(identifier => identifier.Lookup == SampleSheet.Code(2001))));

        (subject.Name, subject.Code, subject.FormerNames).ShouldBe(("济宁新名商贸有限公司", SampleSheet.Code(2002), SampleSheet.Subject(2001)["主体名称"]));
        subject.Identifiers.Select(each => (each.Lookup, each.Until is null)).ShouldBe([(SampleSheet.Code(2001), false), (SampleSheet.Code(2002), true)], ignoreOrder: true);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.d")]
    public async Task A_cancelled_subject_is_struck_off_and_not_deleted()
    {
        await SendAsync(SampleSheet.Subject(2100));
        var cancelled = SampleSheet.Subject(2100, ("登记状态", "注销"), ("变更类型", "注销"));
        cancelled["注销日期"] = "2026-11-20";
        await SendAsync(cancelled);

        (await DatabaseAsync(db => db.Subjects.Where(each => each.Code == SampleSheet.Code(2100)).Select(each => each.Status).SingleAsync())).ShouldBe(SubjectStatus.Cancelled);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.3.a")]
    public async Task A_registrar_assigns_no_code_of_another_registrars_category()
    {
        var batch = await SendAsync(SampleSheet.Subject(2200, ("登记机关", "济宁市任城区民政局")));

        batch.GetProperty("rejected").GetInt32().ShouldBe(1);
        (await RowDecisionsTests.RowsAsync(host, batch))[0].GetProperty("issues")[0].GetProperty("code").GetString().ShouldBe("REGISTRAR_CATEGORY");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Invariant", "I18")]
    public async Task A_record_is_linked_to_its_subject_whichever_of_the_two_arrives_first()
    {
        await EveryFileOverHttpTests.SendAsync(host, "market-supervision.officer", "penalties", "first.csv", SampleSheet.Csv(SampleSheet.Penalty(2300)));
        await SendAsync(SampleSheet.Subject(2300), SampleSheet.Subject(2301));
        await EveryFileOverHttpTests.SendAsync(host, "market-supervision.officer", "penalties", "second.csv", SampleSheet.Csv(SampleSheet.Penalty(2301)));

        var linked = await DatabaseAsync(db => (
            from penalty in db.Penalties
            join subject in db.Subjects on penalty.SubjectId equals subject.Id
            where penalty.SubjectCode == subject.Code
            select penalty.SubjectCode).ToListAsync());

        linked.ShouldBe([SampleSheet.Code(2300), SampleSheet.Code(2301)], ignoreOrder: true);
    }

    [Fact]
    [Trait("Invariant", "I18")]
    public async Task Two_subjects_of_one_name_stay_two_and_a_record_is_linked_by_code_and_never_by_name()
    {
        const string Name = "济宁同名商贸有限公司";
        await SendAsync(
            SampleSheet.Subject(2400, ("主体名称", Name)),
            SampleSheet.Subject(2401, ("主体名称", Name), ("登记机关", "济宁市任城区行政审批服务局")));
        await SendAsync("lead", SampleSheet.Subject(2401, ("主体名称", Name), ("登记机关", "济宁市任城区行政审批服务局")));
        await EveryFileOverHttpTests.SendAsync(host, "market-supervision.officer", "penalties", "named.csv", SampleSheet.Csv(
            SampleSheet.Penalty(2400, ("CF_XDR_MC", Name)), SampleSheet.Penalty(2402, ("CF_XDR_MC", Name))));

        var subjects = await DatabaseAsync(db => db.Subjects.Where(each => each.Name == Name).Select(each => each.Code).ToListAsync());
        var records = await DatabaseAsync(db => db.Penalties.Where(each => each.SubjectName == Name).Select(each => new { each.SubjectCode, Linked = each.SubjectId != null }).ToListAsync());

        subjects.ShouldBe([SampleSheet.Code(2400), SampleSheet.Code(2401)], ignoreOrder: true);
        records.ShouldBe([new { SubjectCode = (string?)SampleSheet.Code(2400), Linked = true }, new { SubjectCode = (string?)SampleSheet.Code(2402), Linked = false }], ignoreOrder: true);
    }

    private Task<JsonElement> SendAsync(params Dictionary<string, string>[] rows) => SendAsync("market-supervision", rows);

    private Task<JsonElement> SendAsync(string department, params Dictionary<string, string>[] rows) => EveryFileOverHttpTests.SendAsync(
        host, department == "lead" ? "development-reform.officer" : $"{department}.officer", "subjects", "subjects.csv", SampleSheet.Csv(rows));

    private async Task<T> DatabaseAsync<T>(Func<CreditDbContext, Task<T>> read)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }
}

/// <summary>A district that knows the national average.</summary>
public sealed class AlarmedHost : HostFixture
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Settings => ["--Policy:NationalCodeFaultRate", "0.25"];
}

/// <summary>The rate of wrong and duplicate codes against the national average.</summary>
public class CodeAlarmTests(AlarmedHost host) : IClassFixture<AlarmedHost>
{
    [Fact]
    [Trait("Requirement", "R-3.1.3.c")]
    public async Task A_rate_above_the_national_one_raises_the_alarm_and_one_below_does_not()
    {
        await SendAsync(SampleSheet.Subject(1), SampleSheet.Subject(2), SampleSheet.Subject(3), SampleSheet.Subject(4, ("统一社会信用代码", SampleSheet.WrongCode(4))));
        (await AlarmAsync()).ShouldBe((0.25m, false));

        await SendAsync(SampleSheet.Subject(5, ("统一社会信用代码", SampleSheet.Code(1))));

        (await AlarmAsync()).ShouldBe((0.4m, true));
    }

    private async Task SendAsync(params Dictionary<string, string>[] rows) =>
        await EveryFileOverHttpTests.SendAsync(host, "market-supervision.officer", "subjects", "subjects.csv", SampleSheet.Csv(rows));

    private async Task<(decimal Rate, bool Alarm)> AlarmAsync()
    {
        using var lead = await host.AsAsync("development-reform.officer");
        var quality = await lead.GetFromJsonAsync<JsonElement>(new Uri("/api/subjects/code-quality", UriKind.Relative));
        return (quality.GetProperty("faultRate").GetDecimal(), quality.GetProperty("alarm").GetBoolean());
    }
}
