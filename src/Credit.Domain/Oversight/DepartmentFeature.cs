using Credit.Domain.Policy;

namespace Credit.Domain.Oversight;

/// <summary>What a department may be switched on for, or off, by a document .</summary>
public enum Feature
{
    /// <summary>Files of list entries; on unless switched off.</summary>
    ListEntryFiles,

    /// <summary>Requests to other regions; on unless switched off.</summary>
    CrossRegionRequests,
}

/// <summary>试点: a feature is on or off for a department over some days, by a memorandum or document. The latest decision counts.</summary>
public sealed class DepartmentFeature : Aggregate
{
    private DepartmentFeature()
    {
    }

    /// <summary>The department.</summary>
    public string Department { get; private init; } = "";

    /// <summary>What is switched.</summary>
    public Feature Feature { get; private init; }

    /// <summary>On or off.</summary>
    public bool Enabled { get; private init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; private init; }

    /// <summary>Last day it holds; null while it has no end.</summary>
    public DateOnly? To { get; private init; }

    /// <summary>Title of the memorandum or document.</summary>
    public string Document { get; private init; } = "";

    /// <summary>Its number.</summary>
    public string DocumentNumber { get; private init; } = "";

    /// <summary>Account that set it.</summary>
    public string SetBy { get; private init; } = "";

    /// <summary>Instant it was set, UTC.</summary>
    public DateTimeOffset SetAt { get; private init; }

    internal static Outcome<DepartmentFeature> Set(
        string department, Feature feature, bool enabled, DateOnly from, DateOnly? to, string document, string documentNumber, string by, DateTimeOffset now)
    {
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(document) || string.IsNullOrWhiteSpace(documentNumber) || document.Length > TextLength.Name || documentNumber.Length > TextLength.Name)
        {
            refusals.Add(new("pilot-without-document", "试点须依据合作备忘录或规范性文件，请填写名称和文号。", "A pilot rests on a memorandum or document: give title and number.", Clause.R("4.2"), "documentNumber"));
        }

        if (to < from)
        {
            refusals.Add(new("period-invalid", "起止日期应完整，且起始日不晚于截止日。", "Give both days, the first not after the last.", Clause.R("4.2"), "from"));
        }

        if (refusals.Count > 0)
        {
            return Outcome<DepartmentFeature>.Refused(refusals);
        }

        var set = new DepartmentFeature
        {
            Department = department,
            Feature = feature,
            Enabled = enabled,
            From = from,
            To = to,
            Document = document,
            DocumentNumber = documentNumber,
            SetBy = by,
            SetAt = now,
        };
        set.Announce(new DepartmentFeatureSet(set.Id, department, feature, enabled), Clause.R("4.2"));
        return set;
    }
}

/// <summary>A feature was switched for a department.</summary>
[WireName("department-feature.set.v1")]
public sealed record DepartmentFeatureSet(Guid DecisionId, string Department, Feature Feature, bool Enabled);
