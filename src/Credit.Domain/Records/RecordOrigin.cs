using System.Security.Cryptography;
using System.Text;

namespace Credit.Domain.Records;

/// <summary>How a credit record came here; says what its batch is (I90).</summary>
public enum RecordOrigin
{
    /// <summary>Stated over the API: the batch is the submission.</summary>
    Submission,

    /// <summary>Sent in a file: the batch is the file's.</summary>
    File,

    /// <summary>Formed by the platform from a step of its own: the batch is what it formed for that body on that day.</summary>
    Platform,
}

/// <summary>The batch of what the platform itself forms: one for each body and day, the same on every host (I90).</summary>
public static class PlatformBatch
{
    /// <summary>The batch of a body's records of a day.</summary>
    /// <param name="provider">Key of the body whose step it is.</param>
    /// <param name="day">Civil day of the step.</param>
    public static Guid Of(string provider, DateOnly day) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"credit/records/platform/{provider}/{day:yyyy-MM-dd}")).AsSpan(0, 16), bigEndian: true);
}
