package org.lectern.kubernetes;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A rule that every overlay must keep. Its violations tell the reader what to change. */
enum Rule {
    SCHEMAS(manifests -> manifests.resources().stream().flatMap(resource -> Schemas.refusal(resource).stream())),

    VALUES(manifests -> manifests.resources().stream().flatMap(resource -> Values.refusals(resource).stream())),

    IMAGES_ARE_PINNED(WorkloadRules::imagesArePinned),
    IMAGES_COME_FROM_A_NAMED_REGISTRY(WorkloadRules::imagesComeFromANamedRegistry),
    RESOURCES_ARE_BOUNDED(WorkloadRules::resourcesAreBounded),
    PROBES_ASK_THE_MANAGEMENT_PORT(WorkloadRules::probesAskTheManagementPort),
    PORTS_ARE_THOSE_OF_THE_SERVICES(WorkloadRules::portsAreThoseOfTheServices),
    PODS_CAN_DO_NO_HARM(WorkloadRules::podsCanDoNoHarm),
    MOUNTS_HAVE_THEIR_VOLUME(WorkloadRules::mountsHaveTheirVolume),
    PODS_HAVE_AN_ACCOUNT_WITHOUT_TOKEN(WorkloadRules::podsHaveAnAccountWithoutToken),
    SERVICES_ADD_NO_VARIABLES(WorkloadRules::servicesAddNoVariables),
    SELECTORS_MEAN_THEIR_OWN_PODS(WorkloadRules::selectorsMeanTheirOwnPods),
    ROLL_OUTS_LOSE_NOTHING(WorkloadRules::rollOutsLoseNothing),
    STOPPING_HAS_ITS_TIME(WorkloadRules::stoppingHasItsTime),
    REPLICAS_ARE_SPREAD(WorkloadRules::replicasAreSpread),
    EVERY_DEPLOYMENT_IS_SCALED_BY_ONE(WorkloadRules::everyDeploymentIsScaledByOne),
    SCALERS_SCALE_SOMETHING(WorkloadRules::scalersScaleSomething),
    DISRUPTIONS_ARE_BOUNDED(WorkloadRules::disruptionsAreBounded),
    PLANS_HAVE_A_WORKER(WorkloadRules::plansHaveAWorker),
    JOBS_END(WorkloadRules::jobsEnd),
    MIGRATIONS_COME_FIRST(WorkloadRules::migrationsComeFirst),
    DOCTORS_SEE_WHAT_THEIR_SERVICE_SEES(DoctorRules::doctorsSeeWhatTheirServiceSees),

    WAVES_BRING_WHAT_IS_NEEDED(OrderRules::wavesBringWhatIsNeeded),
    STEPS_BRING_WHAT_IS_NEEDED(OrderRules::stepsBringWhatIsNeeded),
    MIGRATIONS_ARE_MADE_ANEW(OrderRules::migrationsAreMadeAnew),
    SETTINGS_STAY_WHILE_THEY_ARE_USED(OrderRules::settingsStayWhileTheyAreUsed),

    NOTHING_IS_ALLOWED_BY_DEFAULT(NetworkRules::nothingIsAllowedByDefault),
    POLICIES_MEAN_PODS(NetworkRules::policiesMeanPods),
    PEERS_ARE_THERE(NetworkRules::peersAreThere),
    REQUESTS_COME_FROM_WHERE_ROUTES_ARE_READ(NetworkRules::requestsComeFromWhereRoutesAreRead),
    DATABASES_ARE_REACHED(NetworkRules::databasesAreReached),
    PORTS_OF_POLICIES_EXIST(NetworkRules::portsOfPoliciesExist),
    EVERY_POD_IS_SPOKEN_OF(NetworkRules::everyPodIsSpokenOf),
    WEBHOOKS_STAY_OUTSIDE(NetworkRules::webhooksStayOutside),
    SERVICES_LEAD_TO_PODS(NetworkRules::servicesLeadToPods),
    ROUTES_LEAD_TO_SERVICES(NetworkRules::routesLeadToServices),
    MONITORS_READ_A_PORT(NetworkRules::monitorsReadAPort),

    EVERY_VARIABLE_IS_READ(SettingsRules::everyVariableIsRead),
    EVERYTHING_NEEDED_IS_SET(SettingsRules::everythingNeededIsSet),
    NO_VARIABLE_IS_SET_TWICE(SettingsRules::noVariableIsSetTwice),
    SECRETS_ARE_NOT_WRITTEN_DOWN(SettingsRules::secretsAreNotWrittenDown),
    REFERENCES_LEAD_SOMEWHERE(SettingsRules::referencesLeadSomewhere),
    EVERYTHING_IS_IN_ONE_RESTRICTED_NAMESPACE(SettingsRules::everythingIsInOneRestrictedNamespace),

    DATABASES_FORGET_NOTHING(EngineRules::databasesForgetNothing),
    DATABASES_ARE_BACKED_UP(EngineRules::databasesAreBackedUp),
    PASSWORDS_REACH_THE_DATABASE(EngineRules::passwordsReachTheDatabase),
    ENGINES_ARE_SPREAD(PlacementRules::enginesAreSpread),
    ENGINES_ARE_PINNED(PlacementRules::enginesArePinned),
    FALLBACK_HAS_AN_AVERAGE(PlacementRules::fallbackHasAnAverage),
    PROCESSORS_ARE_BOUNDED(PlacementRules::processorsAreBounded),
    RESTORES_LEAVE_THE_ARCHIVE_ALONE(RestoreRules::restoresLeaveTheArchiveAlone),
    ENGINES_CAN_DO_NO_HARM(EngineRules::enginesCanDoNoHarm),
    CONNECTIONS_SUFFICE(EngineRules::connectionsSuffice),
    TOPICS_ARE_THOSE_OF_THE_CONTRACT(EngineRules::topicsAreThoseOfTheContract),
    LAG_IS_ASKED_OF_OUR_KAFKA(EngineRules::lagIsAskedOfOurKafka),
    PERMISSIONS_ARE_THOSE_OF_THE_CONTRACT(EngineRules::permissionsAreThoseOfTheContract),
    TOKENS_ARE_WHAT_THE_SERVICES_ASK_FOR(EngineRules::tokensAreWhatTheServicesAskFor);

    private final Function<Manifests, Stream<String>> check;

    Rule(Function<Manifests, Stream<String>> check) {
        this.check = check;
    }

    /** All violations of this rule. */
    List<String> brokenBy(Manifests manifests) {
        return check.apply(manifests).toList();
    }
}
