namespace Credit.Core.Modules;

/// <summary>Where a module came from.</summary>
internal enum ModuleOrigin
{
    /// <summary>Built with the host.</summary>
    BuiltIn,

    /// <summary>Dropped into the folder of reviewed modules.</summary>
    Folder,
}

/// <summary>What became of a module at the start.</summary>
internal enum ModuleState
{
    /// <summary>It is at work.</summary>
    Loaded,

    /// <summary>Its code broke while it was loaded; nothing of it is at work.</summary>
    Failed,

    /// <summary>The host said no: not reviewed, altered, another contract, a clash. Nothing of it is at work.</summary>
    Refused,
}

/// <summary>How one module, or one file beside the modules, fared at the start.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Version">Version of the assembly; null when it could not be read.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="State">What became of it.</param>
/// <param name="Failure">Why it is not at work, without secrets; null when it is.</param>
/// <param name="Module">The module; null when it could not be read.</param>
internal sealed record ModuleStanding(string File, string? Version, ModuleOrigin Origin, ModuleState State, string? Failure, ModuleRegistration? Module)
{
    /// <summary>Compiler-made doc comments that came with it, for the API documents; null when none did.</summary>
    public byte[]? Comments { get; init; }

    /// <summary>A module the host is built with. It is at work, otherwise there is no host.</summary>
    public static ModuleStanding BuiltIn(ModuleRegistration module)
    {
        var name = module.Assembly.GetName();
        return new(name.Name + ".dll", name.Version?.ToString(), ModuleOrigin.BuiltIn, ModuleState.Loaded, null, module);
    }
}
