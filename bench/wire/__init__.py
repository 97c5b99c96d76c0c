"""Our modules with traffic from a separate host, as in the second part of the paper's figure 2.

The far host is a process in a network namespace of its own, at the other end of a veth pair. It sends the
NF's 64-byte frames as fast as one processor can; fphost, on another processor, receives them by its port
`af_packet`, runs the module and sends what it lets through back the same way. So receiving and sending by the
kernel count, too.

A turn is one fphost with one build; builds take turns of some tenths of a second, in an order of its own
each round, and a ratio is the median over rounds of that round's figure of the unprotected build and the
protected one. Two figures are taken of each turn: processor time a packet, and packets a second that went
through the module. Both are over the packets that the module was handed: those that the kernel had to drop,
as they came faster than fphost fetched them, are no packets forwarded. What arrives back is counted at the
far host's interface; a turn in which that is not what fphost says it sent is an error.

Processor time is the surer of the two: when the sender is no faster than fphost, fphost waits for it, and all
builds forward what is sent. The kernel's work for a frame on its way from the sender (allocating it, carrying
it over the pair, copying it into fphost's ring) is the sender's time, as a NIC's would be; the same for a
frame on its way back is fphost's.
"""
