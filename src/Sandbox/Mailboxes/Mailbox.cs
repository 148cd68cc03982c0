using Sandbox.Store;

namespace Sandbox.Mailboxes;

/// <summary>Everybody's mail, for a marketplace without a mail server. The last 500 mails are kept.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class Mailbox
{
    public const int KeptMax = 500;

    private const string Kind = "mail";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<ReceivedMail> _mails;

    public Mailbox(DocumentStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _mails = [.. store.All<ReceivedMail>(Kind).OrderBy(mail => mail.ReceivedAt).ThenBy(mail => mail.Id)];
    }

    public void Receive(Guid id, string from, string to, string subject, string text, string html)
    {
        lock (_lock)
        {
            if (_mails.Any(kept => kept.Id == id))
                return;

            var mail = new ReceivedMail(id, from, to.Trim().ToLowerInvariant(), subject, text, html, _clock.GetUtcNow());
            _mails.Add(mail);
            _store.Put(Kind, id.ToString(), mail);
            if (_mails.Count <= KeptMax)
                return;

            _store.Delete(Kind, _mails[0].Id.ToString());
            _mails.RemoveAt(0);
        }
    }

    /// <summary>Who has mail, and how much, by address.</summary>
    public IReadOnlyList<(string Address, int Count)> Addresses()
    {
        lock (_lock)
            return [.. _mails.GroupBy(mail => mail.To, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Count()))];
    }

    /// <summary>An address's mails, the latest first.</summary>
    public IReadOnlyList<ReceivedMail> Of(string address)
    {
        var wanted = address.Trim().ToLowerInvariant();
        lock (_lock)
            return [.. _mails.Where(mail => mail.To == wanted).Reverse()];
    }

    public ReceivedMail? Find(Guid id)
    {
        lock (_lock)
            return _mails.FirstOrDefault(mail => mail.Id == id);
    }
}
