namespace Credit.Domain.Policy;

/// <summary>
/// An announcement whose hour would say too much, such as that of a report of misconduct: the log keeps the first instant of
/// its civil day in place of the real one, and no account beside it.
/// </summary>
public interface IToldByDay;
