using Portal.Providers;
using Tenancy;
using ApplicationId = Portal.Providers.ApplicationId;

namespace Portal.Tests.Providers;

public sealed class ApplicationStatesTests
{
    [Fact]
    public void Given_any_acts_in_any_order_When_they_are_done_Then_nothing_is_certified_that_was_not_handed_in_and_reviewed_and_no_end_is_left()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var application = New();
            var history = new List<ApplicationAct>();
            for (var step = 0; step < 30; step++)
            {
                var act = Enum.GetValues<ApplicationAct>()[random.Next(5)];
                var (before, version) = (application.State, application.Version);
                var happened = Do(application, act);
                happened.ShouldBe(ApplicationStates.After(before, act) is not null);
                application.State.ShouldBe(ApplicationStates.After(before, act) ?? before);
                application.Version.ShouldBe(happened ? version + 1 : version);
                if (ApplicationStates.IsEnded(before))
                    happened.ShouldBeFalse("an end is left by nothing");
                if (happened)
                    history.Add(act);

                application.Edit(PersonId.New()).ShouldBe(application.IsOpen);
            }

            if (application.State != ApplicationState.Certified)
            {
                application.CertifiedUntil.ShouldBeNull();
                continue;
            }

            history[^1].ShouldBe(ApplicationAct.Certify);
            history[^2].ShouldBe(ApplicationAct.TakeUp);
            history[^3].ShouldBe(ApplicationAct.Submit);
        }
    }

    private static ProviderApplication New() => new()
    {
        Id = ApplicationId.New(), TenantId = TenantId.New(), Round = 1, Country = "TW", CompanyName = "Acme", RegistrationNumber = "22099131", CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static bool Do(ProviderApplication application, ApplicationAct act) => act switch
    {
        ApplicationAct.Submit => application.Submit(PersonId.New(), DateTimeOffset.UnixEpoch),
        ApplicationAct.TakeUp => application.TakeUp(),
        ApplicationAct.Ask => application.Ask(),
        ApplicationAct.Certify => application.Certify(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1)),
        _ => application.Refuse("No.", DateTimeOffset.UnixEpoch),
    };
}
