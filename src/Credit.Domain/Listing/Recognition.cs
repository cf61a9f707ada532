namespace Credit.Domain.Listing;

/// <summary>A recognition as the approver states it.</summary>
/// <param name="Officer">Account of the approver.</param>
/// <param name="RecognisedOn">Day of the decision; starts the reporting term.</param>
/// <param name="Today">Today in the district.</param>
/// <param name="ReportDue">Last day to report.</param>
/// <param name="DefenceAnswered">The subject answered, or waived, before the answer period was over.</param>
/// <param name="WatchMonthsAfterExit">Months on the watch list after exit from black.</param>
/// <param name="LegalRepresentative">Legal representative, where neither proposal nor registry stated one.</param>
/// <param name="WatchFollows">A watch entry follows the exit from black, so its term is to be stated (R-3.5.5.g).</param>
/// <param name="NoticeFirst">Persons are told before they are listed (R-3.2.2.d).</param>
/// <param name="StandardFrom">First day of the version of the standard it rests on; null leaves what the proposal stored (I14).</param>
public sealed record Recognition(
    string Officer, DateOnly RecognisedOn, DateOnly Today, DateOnly ReportDue, bool DefenceAnswered, int? WatchMonthsAfterExit,
    string? LegalRepresentative = null, bool WatchFollows = true, bool NoticeFirst = true, DateOnly? StandardFrom = null);
