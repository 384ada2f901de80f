// SPDX-License-Identifier: LGPL-3.0-only
// Made by scripts/texts of igd_texts.txt, where the texts can be read and changed.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_TEXTS_H
#define IGD_TEXTS_H

// Each text and word has its length before it. The character IGD_WORDS_FIRST and those above it
// stand for igd_words, which start at igd_words_at for every IGD_WORDS_STEP of them.
#define IGD_WORDS_FIRST '{'
#define IGD_WORDS_STEP 8
static const char igd_words[] IGD_UNALIGNED =
    "\006\223\256\226r\240\256"
    "\004\325llx"
    "\010\223\256w\276n\270g\256"
    "\011\224\333eck\212\235\305\206"
    "\002\325x"
    "\010 \227fused:"
    "\003\174\216\221"
    "\005 Lake"
    "\017\224\255m\314\242= \334ve\225a\262h\226"
    "\011opti\236 ROM"
    "\005\301o\242n\274"
    "\006OpRe\334\236"
    "\005\223\256\262e\256"
    "\027 \316\226 \271gms\221\240 mo\227 RAM\326e\316"
    " \307"
    "\012 \242ft al\236e\224"
    "\004 th\237"
    "\007\224h\276m\242ss"
    "\012\241bdsm-size"
    "\022\277s\315n\327\237\265w\253h v\314o-pci"
    "\004\326y\335s"
    "\012\271\300=\236 doe\225\253"
    "\002no"
    "\002, "
    "\005\314l\237h\277"
    "\002\315d"
    "\002; "
    "\002s "
    "\002er"
    "\002re"
    "\003 of"
    "\014 In\335l displ\332"
    "\013 \227\310s\174\221w\255\335\177\224"
    "\004BDSM"
    "\003H\277\336"
    "\003ho\301"
    "\002on"
    "\002e "
    "\002or"
    "\005\313c/\223-"
    "\002le"
    "\011\173\261\255om f\240 "
    "\002 s"
    "\002at"
    "\004need"
    "\004\173\206\200 "
    "\004\326df\174"
    "\007he\310\226\244\332s"
    "\003ima"
    "\002it"
    "\005ridge"
    "\002ro"
    "\002: "
    "\007\310dr=2.0"
    "\002de"
    "\002\220 "
    "\002\220t"
    "\003 to"
    "\007 \245\174\230\177\216\203"
    "\004IGD "
    "\004QEMU"
    "\003VBT"
    "\002in"
    "\004x-\223-"
    "\003\173\204\200"
    "\007\244um\174\221\262\177"
    "\006 mem\240y"
    "\005M\313e\240\202"
    "\002ar"
    "\002as"
    "\005op\227\334\236"
    "\002st"
    "\002un"
    "\006\201lim\253\177"
    "\006\230\201f\227e\177"
    "\002'\225"
    "\00510.0+"
    "\0034 G"
    "\002ad"
    "\002an"
    "\005c\242a\227d"
    "\002et"
    "\002fi"
    "\002ig"
    "\003low"
    "\005pr\252ry"
    "\003\173\205\200"
    "\002\174 "
    "\005\201\255om\177"
    "\002\226\202"
    "\005\302k\220wn"
    "\004 0x%"
    "\002 b"
    "\002 \236"
    "\004;\210iB"
    "\004ASLS"
    "\002ay"
    "\002ch"
    "\002gi"
    "\002te"
    "\004well"
    "\004y B\254";
static const uint16_t igd_words_at[] IGD_UNALIGNED = {
    0,
    53,
    138,
    204,
    248,
    279,
    322,
    354,
    392,
    431,
    470,
    502,
    535,
};
static const char igd_messages[] IGD_UNALIGNED =
    "\007\247\222\201\246s\177\176"
    "\004\247\222\303\176"
    "\015\247\220\244\315n\245u\227 \270\174\216\176"
    "\006\247\251\201\222\177\176"
    "\022\320\244iz\237\222\201\262\177\224\242av\237\214\263 \266"
    "\003\320\303\330"
    "\015\320 \265\245\250\221\262\177\224us\237\257"
    "\010\272 \26155AA\264"
    "\010\272 \261PCIR\264"
    "\010\272 \252ge\230\322\203"
    "\016\272\201\261x86 \252g\237f\240\177\203"
    "\013\243\206\304\224rais\237-m"
    "\004\243\205\304\330"
    "\004\173\331\232\217"
    "\021\173\233\232\246\225\266 \306\263 emul\245\237\253"
    "<\173\242gacy VGA \260\310:\321(1 \260co"
    "\260\2212\326\254\221\307GC\2218 \227\334\301\226s\22110\274)"
    "\224x-vga=\236\221\311d\212\265\317\327\212\235"
    "\020\173\241* \314\242s\221but \220\231\224\215"
    "\014\175sec\236d\231 \245\250\211\215"
    "#\175\324 \260vic\237id\174\221took\212newe"
    "\301 \233\224p\242\277\237\227p\240t \253"
    "!\175RVDA\321\262 \270\212\314\242's\177\216\221\312\224\235 "
    "\246\225L\270ux 5.16+"
    "\010\175\261\267 \270\212\206\176"
    "\007\175\267\244\332s\322\176"
    "\004\175\267\273\213"
    "\012\175\267 d\245a\201\251\177\213"
    "'\175BAR\225\245\321* \307iB\221out\230\212VBI"
    "OS\305\227a\333\224\316\226\212\235\305ap\226tu\227"
    "\017\175\235\305\233\321\245\177\230\212ROM \312\213"
    "\012\175\204\273\221men\260d\213"
    "\020\175\205\230\174\216 \255\302\260d up\263\177\213"
    "%\175sw\253\333 f\240\321(0x0\256\223-\317) \315\220"
    "\227d\224hexa\260c\252l\221mo\301\177"
    "\010\207\261\241\300\221\331\211\217"
    "\034\207\261\214\221\233\211\266 p\255vi\260\225\253\327 pc\221\306"
    "\327 q35\263o"
    "\021\207\214 i\2250\221\233\211\271gm\225s\313\225\253"
    "C\207\261\204\256d\276k \302til\212gue\301\305dri"
    "v\226\244t\276ts\224-ma\333\270\237graphics"
    "=off -s\226ial\244tdio\244how\225\335"
    "xt"
    "\031\207\204 \262 r\302:\250\224\246\225\257 \311d cl\277\225"
    "0300";
static const char igd_family_names[] IGD_UNALIGNED =
    "\005B\255xt\236"
    "\004S\311d\337"
    "\003Iv\337"
    "\001\234"
    "\001\234"
    "\001\234"
    "\010B\332 Trail"
    "\004B\255\310\336"
    "\011Ch\226ryview"
    "\007Skylake"
    "\006Gem\270i\202"
    "\005Kaby\202"
    "\004Amb\323"
    "\007Coffee\202"
    "\005Com\313\202"
    "\005C\311\220n\202"
    "\004Ice\202"
    "\007Elkh\276t\202"
    "\004J\277p\323"
    "\003T\315\323"
    "\006Rock\313\202"
    "\004Ald\323"
    "\006Rapt\240\202"
    "\001\275"
    "\001\275"
    "\004L\302\276\202"
    "\005P\311th\323"
    "\007Wildc\245\202"
    "\005Nova\202"
    "\001\324";
_Static_assert(IGD_ERR_OPREGION_BYTES == 1, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_LIMIT == 2, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_SIGNATURE == 3, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_HEADER == 4, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_FILE == 5, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_LIMIT == 6, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ADDRESS == 7, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_SIGNATURE == 8, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_PCIR == 9, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_BYTES == 10, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_MATCH == 11, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_ROOM == 12, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ROOM == 13, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ASLS == 14, "in the order of enum igd_code");
_Static_assert(IGD_ERR_BDSM == 15, "in the order of enum igd_code");
_Static_assert(IGD_ERR_VGA == 16, "in the order of enum igd_code");
_Static_assert(IGD_ERR_NO_DEVICE == 17, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SECOND_DEVICE == 18, "in the order of enum igd_code");
_Static_assert(IGD_WARN_DEVICE_ID == 19, "in the order of enum igd_code");
_Static_assert(IGD_WARN_RVDA == 20, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_MISSING == 21, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_SIZE == 22, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_CHECKSUM == 23, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_PADDED == 24, "in the order of enum igd_code");
_Static_assert(IGD_WARN_BAR_HIGH == 25, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_BDSM == 26, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_CHECKSUM == 27, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_ROUNDED == 28, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SWITCH == 29, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_OPREGION == 30, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_STOLEN == 31, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_ZERO == 32, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_ROM == 33, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_ROM_UNUSED == 34, "in the order of enum igd_code");
_Static_assert(IGD_CODES == 35, "every code has a text");

#endif // igd_texts.h
