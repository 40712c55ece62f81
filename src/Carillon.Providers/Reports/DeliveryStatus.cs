namespace Carillon.Providers.Reports;

/// <summary>
/// What a vendor says became of a message, in the order in which it goes on: a message never goes back to a smaller one. The numbers
/// are stored: never change one.
/// </summary>
public enum DeliveryStatus : short
{
    Created = 1,
    Accepted = 2,
    Queued = 3,
    Sending = 4,
    Deferred = 5,
    Delayed = 6,
    Sent = 10,
    Delivered = 20,
    Undelivered = 30,
    Failed = 31,
    Rejected = 32,
    Dropped = 33,
    Blocked = 34,
    Bounced = 35,
    Opened = 40,
    Clicked = 50,
    Unsubscribed = 60,
    Complaint = 70,
    Spam = 71,
}

public static class DeliveryStatusNames
{
    extension(DeliveryStatus status)
    {
        /// <summary>The contract's word.</summary>
        public string WireName => Enum.GetName(status)!.ToLowerInvariant();

        /// <summary>It did not reach whom it was for, and will not.</summary>
        public bool IsFailure => status is >= DeliveryStatus.Undelivered and <= DeliveryStatus.Bounced;

        /// <summary>Whoever got it looked at it.</summary>
        public bool IsOpened => status >= DeliveryStatus.Opened;

        /// <summary>Whoever got it wants no more like it.</summary>
        public bool IsRefusal => status >= DeliveryStatus.Unsubscribed;
    }
}
