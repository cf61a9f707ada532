using System.Security.Claims;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Domain.Tests.Model;

namespace Credit.Core.Tests.Model;

/// <summary>Which row of the database is which of the model, and which version of it was seen last.</summary>
internal sealed class Pairing(District model)
{
    private readonly Dictionary<Guid, Guid> _stored = [];
    private readonly Dictionary<Guid, int> _versions = [];
    private readonly Dictionary<Guid, Guid> _papers = [];

    /// <summary>The row's identity in the database.</summary>
    public Guid Of(Guid inModel) => _stored[inModel];

    public Guid? Find(Guid? inModel) => inModel is { } id && _stored.TryGetValue(id, out var stored) ? stored : null;

    /// <summary>The paper that an acceptance of the model waits for.</summary>
    public Guid PaperOf(Guid acceptance) => _papers[acceptance];

    public IEnumerable<Guid> Subjects => model.Subjects.Select(subject => subject.Id).Where(_stored.ContainsKey).Select(Of);

    public void Pair(Guid inModel, Guid stored) => _stored[inModel] = stored;

    public void Saw(Guid inModel, int version) => _versions[inModel] = version;

    public int? VersionOf(Guid inModel) => _versions.TryGetValue(inModel, out var version) ? version : null;

    /// <summary>What the platform called the row that a request made.</summary>
    public void Learn(Request request, Answer answer, JsonElement body)
    {
        switch (request.Kind)
        {
            case CommandKind.Submit or CommandKind.Upgrade:
                var entry = body.GetProperty("entry");
                Pair(answer.Changes[0].New.Id, entry.GetProperty("id").GetGuid());
                Pair(model.Subjects[request.Subject].Id, entry.GetProperty("subjectId").GetGuid());
                break;
            case CommandKind.ObjectPreliminary or CommandKind.RaiseObjection or CommandKind.Complain or CommandKind.SelfDoubt:
                Pair(answer.Changes.Single(change => change.New is Domain.DueProcess.Objection).New.Id, body.GetProperty("id").GetGuid());
                break;
            case CommandKind.AcceptTolerantly:
                Pair(answer.Changes[0].New.Id, body.GetProperty("id").GetGuid());
                _papers[answer.Changes[0].New.Id] = body.GetProperty("papers").EnumerateArray()
                    .Single(paper => paper.GetProperty("title").GetString() == "场所平面图").GetProperty("id").GetGuid();
                break;
            case CommandKind.ApplyRepair or CommandKind.SetRectification or CommandKind.Commit:
                Pair(answer.Changes[0].New.Id, body.GetProperty("id").GetGuid());
                break;
            default:
                break;
        }
    }

    /// <summary>The account of the model as the platform sees it.</summary>
    public ClaimsPrincipal CallerOf(string user)
    {
        if (Domain.Tests.Model.Cast.SubjectOf(user) is { } number)
        {
            var subject = Find(model.Subjects[number].Id) ?? Guid.CreateVersion7();
            return Principal(user, Roles.Subject, new Claim("subject_id", subject.ToString()));
        }

        var role = user.EndsWith(".officer", StringComparison.Ordinal) ? Roles.Officer : Roles.Approver;
        Claim[] lead = user == Domain.Tests.Model.Cast.LeadOfficer ? [new Claim("role", Roles.LeadOffice)] : [];
        return Principal(user, role, [new Claim("department", Domain.Tests.Model.Cast.DepartmentOf(user)!), .. lead]);
    }

    private static ClaimsPrincipal Principal(string user, string role, params Claim[] more) =>
        new(new ClaimsIdentity([new("sub", user), new("role", role), .. more], "model", "sub", "role"));
}
