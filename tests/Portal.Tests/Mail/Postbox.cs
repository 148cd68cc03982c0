using Portal.Mail;

namespace Portal.Tests.Mail;

/// <summary>Takes the portal's mails, and can be told to fail.</summary>
public sealed class Postbox : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private readonly List<Letter> _letters = [];
    private readonly List<(string To, TaskCompletionSource<Letter> Came)> _waiting = [];
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>What a try ends with before it is taken; null: it is taken.</summary>
    public Func<OutgoingMail, Exception?> Fails { get; set; } = _ => null;

    /// <summary>Tries so far.</summary>
    public int Tries { get; private set; }

    public IReadOnlyList<Letter> All
    {
        get
        {
            lock (_lock)
                return [.. _letters];
        }
    }

    /// <summary>The next mail to this address that was not asked for yet, when it comes.</summary>
    public Task<Letter> NextAsync(string to)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(to);
            _taken[to] = taken + 1;
            if (_letters.Where(letter => letter.To == to).ElementAtOrDefault(taken) is { } there)
                return Task.FromResult(there);

            var came = new TaskCompletionSource<Letter>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((to, came));
            return came.Task.WaitAsync(Patience);
        }
    }

    public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Tries++;
            if (Fails(mail) is { } failure)
                return Task.FromException(failure);

            var letter = new Letter(mail.To, mail.Language, mail.Kind, mail.Subject, mail.Text, mail.Html);
            _letters.Add(letter);
            var index = _waiting.FindIndex(entry => entry.To == letter.To);
            if (index >= 0)
            {
                _waiting[index].Came.SetResult(letter);
                _waiting.RemoveAt(index);
            }

            return Task.CompletedTask;
        }
    }

    public sealed record Letter(string To, string Language, string Kind, string Subject, string Text, string Html)
    {
        /// <summary>Where its button leads, from the root.</summary>
        public string Link => new Uri(Text.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
    }
}
