using Credit.Core.Store;

namespace Credit.Core.Oversight;

/// <summary>What one person proposed and a second one decides stands in the inbox of whoever decides, until it is decided (I84).</summary>
internal static class AskSecondPerson
{
    /// <summary>Opens the item in the transaction of the proposal; <see cref="CompleteInboxItem.CloseAsync"/> closes it with the decision. Nothing is saved here.</summary>
    /// <param name="db">The register.</param>
    /// <param name="department">Department that decides.</param>
    /// <param name="about">What is to be decided.</param>
    /// <param name="text">One sentence, no personal data.</param>
    /// <param name="today">Today in the district.</param>
    public static void Open(CreditDbContext db, string department, Guid about, string text, DateOnly today) =>
        db.Add(new InboxItem { Department = department, Kind = InboxKind.SecondPerson, AggregateId = about, Text = text, CreatedOn = today });
}
