package org.lectern.scheduler.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parties and the topic of a booking, without contact data. */
public record Participants(
        LecturerRef lecturer,
        TopicRef topic,
        BranchRef branch,
        @Nullable VenueRef venue,
        List<GuestRef> guests) {

    public Participants {
        guests = List.copyOf(guests);
    }

    /** The same, with other guests. */
    Participants with(List<GuestRef> others) {
        return new Participants(lecturer, topic, branch, venue, others);
    }

    /** The same, with another lecturer or venue. */
    Participants with(LecturerRef other, @Nullable VenueRef place) {
        return new Participants(other, topic, branch, place, guests);
    }

    /** The same, with another host; as a guest it would be there twice. */
    Participants hostedBy(BranchRef host) {
        List<GuestRef> others =
                guests.stream().filter(guest -> !guest.id().equals(host.id())).toList();
        return new Participants(lecturer, topic, host, venue, others);
    }

    /** The same, on another topic. */
    Participants on(TopicRef other) {
        return new Participants(lecturer, other, branch, venue, guests);
    }

    static Participants of(BookingView booking) {
        return new Participants(
                booking.lecturer(), booking.topic(), booking.branch(), booking.venue(), booking.guests());
    }

    @Schema(name = "LecturerRef")
    public record LecturerRef(
            UUID id,
            @Schema(examples = "L-007") String code,
            @Schema(examples = "林晓岚") String name,
            @Schema(examples = "municipal") String tier) {}

    @Schema(name = "TopicRef")
    public record TopicRef(
            UUID id,
            @Schema(examples = "T-03") String code,
            @Schema(examples = "乡村振兴政策解读") String title) {}

    @Schema(name = "BranchRef")
    public record BranchRef(
            UUID id,
            @Schema(examples = "QS-V-014") String code,
            @Schema(examples = "青石村") String name) {}

    @Schema(name = "GuestRef")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GuestRef(
            UUID id,
            @Schema(examples = "QS-V-015") String code,
            @Schema(examples = "白溪村") String name,

            @Schema(examples = "20") @Nullable Integer expectedHeadCount) {

        BranchRef branch() {
            return new BranchRef(id, code, name);
        }
    }

    @Schema(name = "VenueRef")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VenueRef(
            UUID id,
            @Schema(examples = "V-014") String code,
            @Schema(examples = "青石村文化礼堂") String name,
            @Schema(examples = "青石村8号") @Nullable String address) {}
}
