using System.Security.Cryptography;

namespace Credit.Host.Callers;

/// <summary>Somebody or some system that may sign in.</summary>
/// <param name="User">Account name, or client id of a machine.</param>
/// <param name="Name">Name shown to people.</param>
/// <param name="Roles">Role names.</param>
/// <param name="SecretHash"><c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in base 64.</param>
/// <param name="Department">Key of the department; null for those who have none.</param>
/// <param name="SubjectId">The credit subject the account is; null when it is none.</param>
/// <param name="Machine">True for a system, which signs in with client credentials and never with a password.</param>
/// <param name="Association">Key of the association the account acts for; null when it is none.</param>
internal sealed record Account(
    string User, string Name, IReadOnlyList<string> Roles, string SecretHash, string? Department = null, Guid? SubjectId = null, bool Machine = false,
    string? Association = null);

/// <summary>Knows the accounts of the embedded issuer.</summary>
internal interface IAccounts
{
    /// <summary>The account whose secret this is; null when name or secret are wrong, which take the same time to find out.</summary>
    Account? SignIn(string user, string secret, bool machine);
}

/// <summary>Accounts read from files: the demo accounts, and those of the operator in <c>accounts.json</c> of the data directory.</summary>
internal sealed class FileAccounts(IReadOnlyList<Account> accounts) : IAccounts
{
    // A wrong name must cost what a wrong password costs.
    private static readonly string Nobody = Secrets.Hash("nobody", 1000);

    private readonly Dictionary<string, Account> _byUser = accounts.ToDictionary(account => account.User, StringComparer.Ordinal);

    /// <inheritdoc/>
    public Account? SignIn(string user, string secret, bool machine)
    {
        var account = _byUser.GetValueOrDefault(user);
        var right = Secrets.Matches(secret, account?.SecretHash ?? Nobody);
        return right && account is not null && account.Machine == machine ? account : null;
    }
}

/// <summary>Hashes of passwords and client secrets.</summary>
internal static class Secrets
{
    private const string Scheme = "pbkdf2-sha256";

    /// <summary>Hash of a secret with a new salt.</summary>
    public static string Hash(string secret, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(secret, salt, iterations, HashAlgorithmName.SHA256, 32);
        return $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    /// <summary>True when the hash is of this secret.</summary>
    public static bool Matches(string secret, string stored)
    {
        if (stored.Split('$') is not [Scheme, var iterations, var salt, var hash])
        {
            return false;
        }

        var expected = Convert.FromBase64String(hash);
        var given = Rfc2898DeriveBytes.Pbkdf2(
            secret, Convert.FromBase64String(salt), int.Parse(iterations, System.Globalization.CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
