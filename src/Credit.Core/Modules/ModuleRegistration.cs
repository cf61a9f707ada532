using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Modules;

/// <summary>A kind of feedback found in a module.</summary>
/// <param name="Kind">Key and part of the route.</param>
/// <param name="Answers">Canonical measures it answers.</param>
/// <param name="Summary">One line for the documentation.</param>
/// <param name="ReportType">The report.</param>
/// <param name="FeedbackType">The class that checks and describes it.</param>
/// <param name="Module">Key of the module.</param>
internal sealed record FeedbackKind(
    string Kind, IReadOnlyList<string> Answers, string Summary, Type ReportType, Type FeedbackType, string Module);

/// <summary>A set found in a module.</summary>
/// <param name="Name">Name in URLs.</param>
/// <param name="Surface">Who may query it.</param>
/// <param name="RowType">The row.</param>
/// <param name="SetType">The class that answers.</param>
/// <param name="Module">Key of the module.</param>
internal sealed record ModuleSet(string Name, Surface Surface, Type RowType, Type SetType, string Module);

/// <summary>A module and everything found in its assembly.</summary>
/// <param name="Definition">The one public class.</param>
/// <param name="Manifest">Key, department and contract version, as they were judged.</param>
/// <param name="Assembly">Where it was found.</param>
/// <param name="Criteria">Recognition standards.</param>
/// <param name="Memoranda">Memoranda from files and from code, one per version.</param>
/// <param name="FeedbackKinds">Kinds of feedback.</param>
/// <param name="Sets">Queryable sets.</param>
internal sealed record ModuleRegistration(
    ICreditModule Definition,
    ModuleManifest Manifest,
    Assembly Assembly,
    IReadOnlyList<ICriterion> Criteria,
    IReadOnlyList<IMemorandum> Memoranda,
    IReadOnlyList<FeedbackKind> FeedbackKinds,
    IReadOnlyList<ModuleSet> Sets)
{
    /// <summary>Services of its own; none before it was asked for them.</summary>
    public IServiceCollection Services { get; init; } = new ServiceCollection();

    /// <summary>Its own section of the configuration; empty before it was asked for its services.</summary>
    public IConfiguration Settings { get; init; } = new ConfigurationBuilder().Build();

    /// <summary>Where it came from when it was dropped in; null when the host was built with it.</summary>
    public ModuleSource? Source { get; init; }

    /// <summary>Name of its assembly, as messages to whoever starts the host give it.</summary>
    public string Name => Assembly.GetName().Name!;
}

/// <summary>The modules do not fit the host. The host does not start without a module: it must not run without the tax list.</summary>
/// <param name="reasons">Every reason.</param>
internal sealed class ModulesRefusedException(IReadOnlyList<string> reasons)
    : InvalidOperationException($"The modules cannot be used:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", reasons)}")
{
    /// <summary>Stops the start when there is a reason to.</summary>
    /// <exception cref="ModulesRefusedException">There is.</exception>
    public static void ThrowIfAny(IReadOnlyList<string> reasons)
    {
        if (reasons.Count > 0)
        {
            throw new ModulesRefusedException(reasons);
        }
    }

    /// <summary>Every reason, not the first one only.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
