using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Frame.Errors;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Audit;

/// <summary>Writes down who did what, into the save that does it.</summary>
/// <remarks>Scoped. Call <see cref="Add"/> before <c>SaveChanges</c>; if that is refused and tried again, call it again.</remarks>
public sealed class AuditLog(PortalDb db, TenantScope scope, IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new IdText() },
    };

    /// <param name="action">Area and verb in the past, as in <c>module.paused</c>: at most 60 characters.</param>
    /// <param name="subject">Kind and id, as in <c>$"linkage:{id}"</c>: at most 120 characters.</param>
    /// <param name="before">The few values that mattered; null: it was not there. Never a secret, a bank number or a document: those stand in it as a <see cref="Fingerprint"/>.</param>
    /// <param name="after">Likewise; null: it is gone.</param>
    /// <param name="organisation">Whom it concerns; null: the organisation that this unit of work has entered, if any.</param>
    /// <exception cref="ArgumentException">Something that must not stand in the log, or too much of it: a bug in the caller.</exception>
    public void Add(string action, string subject, object? before = null, object? after = null, TenantId? organisation = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(action);
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        var request = http.HttpContext;
        // The request's own services: a handler may save in a scope of its own, where nobody has signed in.
        var person = request?.RequestServices.GetRequiredService<CurrentPerson>().Person;
        db.Add(new AuditRow
        {
            At = clock.GetUtcNow(),
            PersonId = person?.Id,
            Role = RoleOf(request, person),
            TenantId = organisation ?? scope.Tenant,
            Action = action.Length <= AuditModel.ActionMax ? action : throw new ArgumentException($"An action has at most {AuditModel.ActionMax} characters.", nameof(action)),
            Subject = subject.Length <= AuditModel.SubjectMax ? subject : throw new ArgumentException($"A subject has at most {AuditModel.SubjectMax} characters.", nameof(subject)),
            Before = Write(before),
            After = Write(after),
            Address = request?.Connection.RemoteIpAddress?.ToString(),
            RequestId = request is null ? null : ErrorPages.CorrelationId(request),
        });
    }

    private static ActingRole RoleOf(HttpContext? request, Person? person)
    {
        if (request is null)
            return ActingRole.Marketplace;
        if (person is null)
            return ActingRole.Nobody;

        var member = request.RequestServices.GetRequiredService<CurrentMember>();
        if (member.IsPresent)
            return Enum.Parse<ActingRole>(member.Role.ToString());

        return person.IsOperator && request.RequestServices.GetRequiredService<TenantScope>().SeesEveryTenant ? ActingRole.Operator : ActingRole.Person;
    }

    private static string? Write(object? state)
    {
        if (state is null)
            return null;

        var text = JsonSerializer.Serialize(state, Json);
        AuditWords.Check(JsonDocument.Parse(text).RootElement);
        return text.Length <= AuditModel.StateMax ? text : throw new ArgumentException($"An audit row keeps at most {AuditModel.StateMax} characters of what was: name what mattered.");
    }
}
